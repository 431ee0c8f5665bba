import { closeBook, leaveContentsPage } from './binding.ts'
import { imprint, titlePage } from './front-matter.ts'
import { type About, openBook } from './layout.ts'
import { PRACTICAL, setText } from './prose.ts'

export const about: About = {
  title: 'Vendre ses livres par téléphone',
  subtitle: 'Petit guide de l’auteur qui s’édite lui-même',
  author: 'Issa Fonio',
  subject: 'Guide pratique',
  colours: { ground: '#7d2f1b', mark: '#f0b955', accent: '#d9822b' },
  headings: 'Helvetica',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'dots')
  imprint(
    book,
    `Le texte est original et l'auteur imaginaire. Les conseils sont d'ordre général : les tarifs et les règles
    de votre opérateur ou de votre pays passent avant ce livre.`,
  )
  leaveContentsPage(book)
  setText(book, GUIDE, PRACTICAL)
  return closeBook(book)
}

const GUIDE = `
# Avant de commencer

Un livre numérique n'a ni stock, ni camion, ni invendus. Il a en revanche tous les soucis d'un commerce : un
prix à fixer, une vitrine à tenir, des clients à rassurer, un argent à compter. Ce petit guide s'adresse à
l'auteur qui fait tout cela seul, depuis son téléphone, le soir, après le reste.

Il ne promet pas la fortune. Il propose des habitudes simples, à prendre dès le premier exemplaire, et qui
tiennent encore au millième. Lisez-le dans l'ordre, ou ouvrez-le le jour où un problème se présente.

## Ce dont vous avez besoin

[] Le fichier définitif de votre livre, relu par une autre personne que vous.

[] Une couverture lisible quand elle est petite.

[] Un texte de présentation de dix lignes.

[] Un numéro réservé à la vente, distinct du numéro de la famille.

[] Une adresse électronique que vous consultez tous les jours.

[] Un cahier de caisse, en papier ou sur écran.

## La règle d'or

> Celui qui a payé doit recevoir son livre. Tout de suite si possible, avant la nuit dans tous les cas.

Tout le reste du guide découle de cette phrase. Un acheteur servi en parle à deux amis. Un acheteur oublié en
parle à tout son quartier.

# Préparer le fichier

## Le texte d'abord

Faites relire votre texte par deux personnes : l'une qui aime la langue, l'autre qui aime les histoires. La
première trouvera les fautes, la seconde les longueurs. Laissez reposer deux semaines, relisez à voix haute, puis
corrigez une dernière fois. Une faute imprimée se pardonne ; une faute numérique se corrige, et c'est justement
pour cela qu'on ne la pardonne pas.

## Pensez au petit écran

La plupart de vos lecteurs liront sur un téléphone. Un fichier prévu pour du papier A4 leur impose de
promener la page sous leur doigt, ligne après ligne. Composez plutôt une page étroite :

- un format de petit livre de poche, avec des marges modestes ;

- des caractères d'au moins 12 points, et un interligne aéré ;

- des paragraphes courts, et un titre à chaque chapitre ;

- un sommaire dont les lignes sont des liens.

## Surveillez le poids

Votre lecteur paie peut-être ses données au volume. Un roman sans images doit peser moins de deux mégaoctets. Si le
vôtre pèse dix fois plus, c'est qu'une image y dort en trop grand. Réduisez les photographies avant de les placer
dans le document, et non après.

## Avant d'envoyer

[] J'ai ouvert le fichier sur un téléphone ordinaire, pas seulement sur le mien.

[] J'ai tourné toutes les pages, jusqu'à la dernière.

[] Le titre et mon nom figurent dans les propriétés du fichier.

[] Le nom du fichier est clair : on y lit le titre, pas « version finale 3 bis ».

[] J'en garde deux copies, à deux endroits différents.

# La couverture

Dans une vitrine en ligne, la couverture a la taille d'un timbre. Elle doit se comprendre d'un coup d'œil, à bout
de bras, en plein soleil.

## Ce qui marche

- Une seule idée : un objet, un visage, une couleur. Pas trois.

- Un titre en grandes lettres, sur un fond uni ou très calme.

- Un contraste franc : lettres claires sur fond sombre, ou l'inverse.

- Deux familles de caractères au plus, dont une pour votre nom.

## Ce qui fatigue l'œil

- Le titre posé sur la partie la plus agitée de la photographie.

- Les lettres rouges sur fond vert, ou bleues sur fond noir.

- Les images prises au hasard sur internet. Elles appartiennent à quelqu'un ; ce quelqu'un peut se manifester.

## L'épreuve du pouce

Affichez votre couverture sur le téléphone, à la largeur de votre pouce. Tendez le bras. Demandez à quelqu'un qui ne
la connaît pas de lire le titre à haute voix. S'il hésite, recommencez.

# Le texte de présentation

C'est lui qui vend. Il tient en dix lignes et répond à trois questions, dans cet ordre : de quoi ça parle ? pour
qui est-ce ? que vais-je y trouver ?

## Une charpente

1. Une phrase qui pose le lieu et le personnage, ou le problème à résoudre.

2. Deux ou trois phrases qui disent ce qui se met en travers.

3. Une phrase honnête sur le contenu : nombre de pages, de recettes, de nouvelles.

4. Une phrase sur vous, si elle donne une raison de vous croire.

Ne racontez pas la fin. Ne comparez pas votre livre à un chef-d'œuvre : le lecteur le fera si l'envie lui vient.
N'écrivez pas qu'il est « passionnant » ; donnez-en plutôt trois lignes, et que le lecteur en juge.

## Un exemple

> Sory, tailleur à Ségou, promet toujours pour demain. Au fond de la boutique, un boubou attend depuis trente ans
un homme parti sur la mer. Cinq nouvelles où l'on coud, où l'on vend et où l'on attend. À lire entre deux arrêts.

Comptez : une phrase pour le lieu, une pour ce qui attend, une pour le contenu, une pour le moment de la lecture. Personne
n'y est « bouleversant ». Le titre n'y figure pas non plus, puisqu'il est écrit juste au-dessus.

## L'extrait

Offrez les premières pages, celles que vous avez le plus travaillées, et coupez au milieu d'une scène. Un lecteur qui veut
connaître la suite a déjà pris sa décision ; il ne lui manque plus que le bouton.

# Fixer le prix

Il n'existe pas de juste prix, mais il existe des prix réfléchis. Posez-vous trois questions.

1. Que paie mon lecteur, aujourd'hui, pour un plaisir ou un service comparable ?

2. Que me reste-t-il une fois les frais de paiement retirés ?

3. Puis-je dire ce prix à voix haute, à un ami, sans baisser les yeux ?

## Faites le calcul une fois

Prenez votre prix. Retirez la commission du prestataire de paiement, que vous trouverez dans votre contrat. Retirez ce
que coûte la boutique, divisé par le nombre de ventes que vous espérez dans le mois. Ce qui reste est votre salaire
d'auteur. S'il vous fait rire, changez le prix.

Choisissez un montant rond, multiple de 5 F, que l'on retient et que l'on tape sans erreur : 500, 1 500, 2 000. Un prix
comme 1 999 F n'amuse personne au moment de vérifier un message de confirmation.

## Bouger sans se dédire

Vous pouvez baisser un prix pour une fête ou un lancement. Annoncez la date de fin et respectez-la. N'augmentez pas
le prix d'un livre la semaine où l'on en parle : ceux qui arrivent en retard sont aussi des lecteurs.

Si vous offrez le livre à quelqu'un, offrez-le vraiment, et notez-le dans le cahier. Un cadeau noté est une décision ;
un cadeau oublié est une fuite.

# Hygiène du mobile money

L'argent mobile est pratique parce qu'il va vite. C'est aussi pour cela qu'il faut des habitudes lentes.

## Les quatre interdits

1. Ne donnez jamais votre code secret. Ni à un client, ni à un « agent », ni à un ami pressé. Personne n'en a besoin
pour vous payer.

2. Ne rappelez pas un numéro inconnu qui dit avoir « envoyé par erreur ». Vérifiez d'abord votre solde, puis
adressez-vous au service client de l'opérateur.

3. Ne croyez pas une capture d'écran. Une image se fabrique. Un paiement se lit dans votre historique, chez vous.

4. Ne croyez pas non plus un SMS sur sa bonne mine. Un message peut imiter celui de l'opérateur. Seul le solde fait
foi.

## Les bonnes habitudes

- Un numéro pour vendre, un autre pour vivre.

- Un code différent de celui qui déverrouille le téléphone, et différent de votre année de naissance.

- Un virement régulier vers un compte où l'argent se repose : on vole moins ce qui n'est pas là.

- Le téléphone verrouillé, même à la maison, même cinq minutes.

- Le numéro du service client écrit sur papier. Le jour où l'on perd son téléphone, il n'est plus dedans.

## Les références

Chaque opération porte un numéro de transaction. Recopiez-le dans le cahier à côté du nom et du montant. En cas de
litige, c'est la seule phrase que le service client comprend du premier coup.

# Répondre aux acheteurs

Presque tous les messages que vous recevrez tiennent en cinq sortes. Préparez vos réponses un jour de calme ; vous les
enverrez un jour de fatigue. Gardez-les dans les notes du téléphone, et changez le prénom.

## « J'ai payé et je n'ai rien reçu. »

> Bonjour Awa, merci de m'avoir écrit. Je vérifie votre paiement maintenant. Pouvez-vous m'envoyer le numéro utilisé et
l'heure, à peu près ? Si le paiement est passé, vous aurez votre livre aujourd'hui. S'il n'est pas passé, je vous dirai
comment faire. Dans les deux cas vous ne payez qu'une fois.

Vérifiez ensuite, réellement, dans votre espace de vente et dans l'historique du prestataire. Ne demandez jamais de payer
« encore une fois, pour voir ».

## « Le lien ne marche plus. »

> Bonjour, aucun problème : voici un nouveau lien, valable pour vous seul. Téléchargez le fichier dès maintenant et gardez-le
dans un dossier de votre téléphone. Bonne lecture !

## « C'est trop cher. »

> Je comprends. Vous pouvez lire l'extrait gratuitement, et je vous écrirai s'il y a une promotion. Merci de votre intérêt
pour mon travail.

Restez aimable : il achètera peut-être le prochain.

## « Je me suis trompé de livre. »

> Cela arrive. Dites-moi lequel vous vouliez. Si vous n'avez pas encore téléchargé le premier, je fais l'échange tout de
suite.

## « Envoyez-le à mon ami aussi. »

> Merci de le recommander ! Votre exemplaire est pour vous ; pour votre ami, voici la page du livre. C'est grâce à
ces achats que j'écris le suivant.

## Et quand vous ne savez pas

> Bonjour, merci de m'avoir prévenu. Je ne connais pas encore la réponse. Je me renseigne et je vous écris ce soir
avant 20 heures, même si je n'ai rien trouvé.

Puis écrivez vraiment avant 20 heures. Un acheteur pardonne presque toutes les pannes ; il pardonne mal le silence.
Quand l'affaire est réglée, ajoutez une ligne à vos notes : la prochaine fois, vous saurez.

# Se faire connaître sans déranger

La meilleure publicité est un lecteur content qui envoie une phrase à quelqu'un qui lui ressemble. Votre travail consiste à
lui rendre cette phrase facile.

- Donnez une adresse courte, toujours la même, à la fin de chacun de vos messages.

- Publiez une page de votre livre, pas une affiche. On s'arrête pour lire, on passe devant une réclame.

- Dans un groupe, rendez service dix fois avant de vendre une fois.

- Demandez la permission avant d'ajouter quelqu'un à une liste de diffusion, et retirez-le sans discuter s'il le souhaite.

- Remerciez publiquement, répondez aux critiques en privé.

## Le rendez-vous

Choisissez un jour, par exemple le jeudi soir, et tenez-le : un extrait, une anecdote d'atelier, une question aux lecteurs.
Une petite chose régulière vaut mieux qu'un grand bruit une fois l'an.

## Quand le livre circule sans vous

Tôt ou tard, quelqu'un partagera votre fichier. N'insultez personne. Écrivez un message simple, à la personne, en
supposant la distraction plutôt que la malice :

> Bonjour, j'ai vu mon livre dans le groupe. Je vis de sa vente. Pouvez-vous retirer le fichier et mettre plutôt le
lien de la page ? Merci, cela m'aide à écrire la suite.

Puis retournez écrire. Le temps passé à poursuivre les fuites est pris sur le prochain livre.

# Tenir ses comptes

Trois colonnes suffisent : la date, ce qui entre, ce qui sort. Notez le jour même. Ce qu'on remet au dimanche se
transforme en souvenir, et le souvenir arrondit.

## Chaque soir

1. Comptez les ventes de la journée dans votre espace de vente.

2. Comparez avec l'historique du prestataire de paiement.

3. Notez la différence s'il y en a une, avec sa raison. Une différence expliquée n'est plus un mystère.

## Chaque mois

- Faites le total de ce qui est vraiment arrivé sur votre compte.

- Mettez de côté, dans une autre poche, ce que vous devrez déclarer. Renseignez-vous auprès d'un centre de gestion ou
d'une personne du métier : les règles changent d'un pays à l'autre.

- Regardez quel livre se vend, et d'où viennent les acheteurs. Puis décidez d'une seule chose à essayer le mois
suivant.

# Aide-mémoire

À relire le matin d'une mise en vente.

[] Le fichier s'ouvre sur un petit téléphone.

[] La couverture se lit à la largeur d'un pouce.

[] La présentation tient en dix lignes et ne raconte pas la fin.

[] Le prix est rond, je l'ai calculé, je peux le dire tout haut.

[] J'ai acheté mon propre livre une fois, du début à la fin, pour voir ce que voit l'acheteur.

[] Mes cinq réponses sont prêtes dans les notes.

[] Mon code secret n'est connu que de moi.

[] J'ai dit à deux personnes de confiance où je range mes copies.

[] Ce soir, à heure fixe, j'ouvre le cahier.

Et quand la première vente arrivera, à une heure impossible, d'une personne que vous ne connaissez pas : notez son
prénom. Un jour vous raconterez cette histoire.
`
