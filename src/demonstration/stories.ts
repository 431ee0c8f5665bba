import { closeBook, leaveContentsPage } from './binding.ts'
import { imprint, titlePage } from './front-matter.ts'
import { type About, newPage, openBook, write, PAGE } from './layout.ts'
import { READING, setText } from './prose.ts'

export const about: About = {
  title: 'L’œuvre du tailleur – et autres nouvelles',
  subtitle: 'et autres nouvelles, de Ségou à Abidjan',
  author: 'Mariam Karité',
  subject: 'Nouvelles',
  colours: { ground: '#1f2f57', mark: '#e2c391', accent: '#c8553d' },
  headings: 'Times',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'triangles')
  imprint(
    book,
    'Les textes sont originaux ; l’autrice, les personnages et leurs histoires sont imaginaires.',
  )
  newPage(book, { bare: true })
  const dedication = { font: 'Times-Italic', size: 13, align: 'right' } as const
  write(book, 'À celles et ceux', PAGE.width - PAGE.side, 190, dedication)
  write(book, 'qui disent « demain »', PAGE.width - PAGE.side, 208, dedication)
  write(book, 'et qui y pensent toute la nuit.', PAGE.width - PAGE.side, 226, dedication)
  leaveContentsPage(book)
  for (const story of STORIES) setText(book, story, READING)
  return closeBook(book)
}

const STORIES = [
  `
# L'œuvre du tailleur

Demain, disait le tailleur Sory à ses clients, et personne dans Ségou ne se souvenait de l'avoir entendu
donner un autre jour. On lui portait un bazin le lundi pour une fête du samedi ; le vendredi soir il
ouvrait les mains, montrait le tissu encore plié, et souriait avec une telle confiance dans la nuit qui
venait qu'on repartait presque rassuré. Le samedi matin, le boubou était prêt. Il sentait le fer chaud et
l'amidon, et les coutures étaient si droites qu'on lui pardonnait jusqu'à la fois suivante.

Sa boutique donnait sur la rue qui descend vers le fleuve. Trois mètres de large, une machine à pédale, un
banc, un miroir fendu où les femmes se regardaient de biais pour ne pas avoir le visage en deux. Au fond,
sous un drap, pendait un vêtement que personne n'avait commandé.

Les apprentis, qui changeaient tous les deux ans, apprenaient d'abord à ne pas soulever le drap. Ils le
soulevaient, bien sûr, le premier midi où le maître allait prier. Ils découvraient un grand boubou d'un
bleu de nuit, brodé au cou et à la poitrine d'un fil à peine plus clair, un travail d'une patience
effrayante : des milliers de points si serrés que la main, en passant dessus, croyait toucher de l'eau.
L'ourlet n'était pas fait. Les manches étaient épinglées.

— C'est pour qui ? demandait chaque apprenti, le soir, comme s'il posait la question par hasard.

— C'est pour mon frère, répondait Sory. Il passe le prendre demain.

***

Son frère s'appelait Bréhima. Il était parti à dix-neuf ans, un matin de saison sèche, avec un sac de sport
et l'adresse d'un cousin de cousin. Il avait envoyé une carte postale d'un port, puis une photographie où
il se tenait devant une voiture qui n'était pas la sienne, puis sa voix, deux fois, dans le téléphone de la
poste. Ensuite les années s'étaient mises à passer sans bruit, comme passent les pirogues quand on leur
tourne le dos.

Sory avait commencé le boubou l'année du départ. Il connaissait les mesures de son frère mieux que les
siennes : il l'avait habillé tout petit. Mais un homme ne reste pas à dix-neuf ans. Alors, à chaque veille
de Tabaski, le tailleur fermait la porte, ôtait le drap, décousait les côtés et reprenait la taille. Il
réfléchissait longtemps, le mètre au cou. À trente ans, pensait-il, les épaules se sont faites. À quarante,
si là-bas la nourriture est bonne, et la nourriture doit y être bonne puisqu'il reste, il faut donner du
ventre. À cinquante, notre père s'était un peu voûté. Il raccourcissait le devant d'un doigt.

Il arrivait qu'une cliente le surprenne, les épingles entre les lèvres, tournant autour d'un homme qui
n'était pas là et lui demandant, du plat de la main, de se tenir droit.

On disait en ville qu'il perdait la tête. On le disait doucement, car il cousait toujours aussi bien.

***

Une année, l'eau monta tôt. Les marchands de poterie reculèrent leurs canaris de la berge, et un jeune homme
descendit la rue en regardant les enseignes. Il portait des chaussures de ville, un sac de sport, et marchait
comme on marche dans un endroit qu'on vous a raconté.

Il s'arrêta devant la boutique. Sory leva les yeux de sa machine et, pendant le temps d'une couture, il eut
devant lui un garçon de dix-neuf ans.

— Je cherche Sory le tailleur, dit le jeune homme dans un bambara appris à table, avec de drôles d'accents
aux mauvais endroits. Je suis Bréhima. Bréhima fils de Bréhima.

Le tailleur ne dit rien. Il ôta ses lunettes, les essuya, les remit. Il regarda les épaules, la longueur du
bras, la nuque. Il vit qu'on n'avait pas besoin de lui annoncer la nouvelle, et que le garçon, qui avait
traversé la mer avec cette phrase, ne savait plus où la poser.

— Assieds-toi, dit-il enfin. Tu as mangé ?

Ils burent le thé, les trois verres, sans se presser. Le jeune homme parla. Son père avait été maçon, puis
contremaître, puis malade. Il ne racontait pas beaucoup, mais le soir, devant la télévision éteinte, il lui
arrivait de rire seul, et quand on l'interrogeait il disait : « Je pense à mon frère. Il doit avoir fini,
maintenant. »

— Fini quoi ? demandait l'enfant.

— Il n'a jamais su finir un jour avant, répondait le père.

Sory se leva et ôta le drap.

Dans la lumière de la porte, le bleu se mit à bouger. Le jeune homme approcha, toucha la broderie, retira
vite ses doigts comme s'ils n'étaient pas propres. Le tailleur lui fit signe d'ouvrir les bras. Le vêtement
descendit sur lui, immense, et l'avala. Les manches lui couvraient les mains ; à la taille, il y avait la
place d'un autre homme, de toutes les bonnes nourritures et de quarante années.

Ils se regardèrent dans le miroir fendu. Le neveu était dans une moitié, l'oncle dans l'autre.

— C'est trop grand, dit le jeune homme, et sa voix se cassa sur le dernier mot.

Sory avait déjà les épingles entre les lèvres. Il tourna autour de lui, pinça l'étoffe à l'épaule, recula
d'un pas, revint. Du plat de la main, il lui demanda de se tenir droit. Et cette fois, quelqu'un se tint
droit.

— Reviens demain, dit le tailleur.

Le soir, les voisins remarquèrent que la boutique restait allumée. La pédale battit toute la nuit, régulière,
comme une pirogue qu'on pousse à la perche et qui rentre. Au matin, pour la première fois en trente-huit
ans, Sory avait fini avant l'heure. Il s'assit sur le seuil, l'œuvre pliée sur les genoux, et il attendit
le jour.
`,
  `
# Le photographe des mariages

Kalifa avait photographié six cent onze mariages et n'en avait raté qu'un, le sien, pour être arrivé en
retard d'un autre mariage. La fiancée, une fille de Badalabougou qui aimait la ponctualité, ne lui en avait
pas voulu : elle avait simplement épousé, l'année suivante, un homme qui possédait une montre. C'est Kalifa
qui avait fait les photos.

Il travaillait à Bamako, de préférence le dimanche, parce que le dimanche est le jour des mariages et que la
ville entière, ce jour-là, klaxonne derrière des voitures enrubannées. Il savait par cœur ce qu'on attendait
de lui. Les mariés devant la mairie. Les mariés sur le pont. Les mariés devant un massif de fleurs qui
appartenait à une banque. Les belles-sœurs en rang, dans le même pagne, riant toutes au même instant, parce
que Kalifa avait dans sa poche un mot qui faisait rire les belles-sœurs et qu'il n'a jamais révélé.

Mais entre deux photos commandées, il en volait une. C'était son vice. La main d'un vieux posée sur une
canne. Trente paires de chaussures devant une porte. La cuisinière endormie contre une marmite grande comme
un berceau. Un enfant sous la table, la bouche pleine, qui regardait passer les pieds de la fête. Il ne les
montrait pas. Les gens paient pour être beaux, pensait-il, non pour être vus. Il rangeait les photos volées
dans des boîtes à chaussures, au-dessus de son lit, en écrivant sur le couvercle l'année et rien d'autre.

***

Un mercredi, jour sans mariage, une femme entra au studio. Elle était en blanc, le blanc qu'on porte quand
on compte les jours. Elle s'assit sur le tabouret des photos d'identité et posa ses mains à plat.

— Vous nous avez mariés, dit-elle. Il y a neuf ans. À l'Hippodrome, derrière la pharmacie. La pluie est
tombée sur les invités.

Kalifa fit oui de la tête, ce qui ne l'engageait pas : la pluie était tombée sur beaucoup d'invités.

— Mon mari est mort à la fin du carême. J'ai l'album. Je le connais page par page. Sur toutes les photos, il
vous regarde. Vous lui avez dit de vous regarder, et lui, il obéissait, il était comme ça. J'ai quarante-deux
photos où mon mari regarde le photographe.

Elle chercha ses mots.

— Je voudrais une photo où il regarde autre chose.

Il promit de voir. Il dit que c'était ancien, que la chaleur mange les images, qu'il ne fallait pas espérer.
Quand elle fut partie, il ferma le rideau de fer en plein jour, monta sur le lit et descendit les boîtes.

***

Il chercha trois nuits. Il retrouva des gens qu'il avait oubliés et d'autres qu'il n'avait jamais connus. Il
retrouva, dans la boîte de la neuvième année, la fiancée de Badalabougou qui attachait une sandale, et il
resta longtemps avec cette image avant de la reposer. Puis il trouva la pluie.

C'était une cour vidée d'un coup, les chaises renversées, une nappe collée au sol par l'eau. Sous la tôle, les
invités se serraient, flous. Au milieu de la cour, seuls, il y avait les deux mariés. Elle avait ramassé sa
robe dans ses bras comme on porte un mouton, et elle courait en criant vers l'abri ; lui ne courait pas. Il
s'était arrêté sous l'averse, le costume noir d'eau, les bras un peu écartés, et il la regardait courir. Il
avait le visage d'un homme à qui l'on vient de donner quelque chose de trop grand pour la maison.

Kalifa en fit le plus beau tirage de sa vie. Quand la femme le prit, elle ne pleura pas. Elle pencha la tête,
comme pour entendre.

— C'est donc ça qu'il voyait, dit-elle.

Elle voulut payer. Il refusa ; elle insista ; il dit que cette photo-là n'avait pas de prix parce qu'elle
n'avait pas de client. Elle réfléchit, puis elle demanda combien il y en avait d'autres.

***

En décembre, quand l'air est sec et que les murs ne transpirent plus, Kalifa tendit des cordes à linge dans la
cour de sa concession, d'un manguier à l'autre. Il y pendit les photos avec des pinces en bois. Six cent onze
mariages, et pas un marié qui pose.

Il avait prévenu quelques voisins. Il vint une rue entière, puis un quartier. Les gens marchaient entre les
cordes, la tête levée, en se cherchant. « Là, c'est ma tante ! » « C'est mon père, regarde, il dort ! » Une
vieille se reconnut de dos et se trouva belle. Des couples qui ne se parlaient plus se rencontrèrent devant
la même image, et il y eut des silences qu'on n'entendit pas à cause du bruit.

Vers le soir entra une femme qui avait une montre au poignet et deux grands enfants. Elle fit le tour des
cordes sans se hâter. Devant la photo de la sandale, elle s'arrêta.

— Tu étais en retard, dit-elle. Je t'ai attendu une heure, ce jour-là. Je croyais que tu n'étais pas encore
arrivé.

— J'étais arrivé, dit Kalifa. J'étais derrière.

Elle sourit, décrocha les deux pinces, glissa l'image dans son sac et les remit toutes les deux sur la corde,
côte à côte, à la place du vide.
`,
  `
# Trois mangues

Maman Akissi vendait ses mangues par tas de trois, jamais autrement, et c'était peut-être la seule loi d'Adjamé
que tout le monde respectait. On pouvait discuter le prix du tas. On pouvait choisir entre les tas. Mais
demander deux mangues, ou quatre, c'était se faire regarder comme un homme qui voudrait acheter une moitié de
poule.

— La première, c'est pour aujourd'hui, expliquait-elle aux nouveaux. Elle est prête, tu la manges devant moi
si tu veux. La deuxième, c'est pour demain : tu vois, ici, près de la queue, elle hésite encore. La troisième
est trop mûre. Tu ne peux pas la garder, tu ne peux pas la finir seul. Celle-là, tu la donnes.

— Et si je n'ai personne à qui la donner ?

— Alors tu n'as pas un problème de mangues.

Elle avait sa place au bout de la troisième allée, entre une vendeuse d'ampoules et un réparateur de
téléphones, sous un parasol qui avait autrefois fait de la réclame pour une glace. Elle s'y asseyait à six
heures. À midi, les tas avaient fondu. Elle comptait l'argent dans son pagne, sans le sortir, du bout des
doigts, et ne se trompait pas.

***

Le garçon arriva un mardi avec un sourire, un badge et une tablette. Il s'appelait Yannick. Il représentait une
société qui livrait le marché à domicile : le client commandait sur son téléphone, une moto passait, tout le
monde gagnait. Il l'expliqua trois fois, de mieux en mieux. Les deux voisines trouvèrent qu'il parlait comme la
radio.

— Il faut seulement enregistrer le produit, maman. Je mets une photo, je mets « mangue », je mets le prix au
kilo.

— Je ne vends pas au kilo.

— Alors à la pièce.

— Je ne vends pas à la pièce.

Il tapota sa tablette. Le menu déroulant proposait : kilo, pièce, litre, sachet. Il n'y avait pas de ligne pour
le tas de trois, dont une qu'on donne.

— On va mettre « lot », décida Yannick. Lot de trois. Et je note « mûres à point ».

— Ne mens pas aux gens. Une à point, une demain, une trop mûre.

Il écrivit *mûres à point*, parce que le champ n'acceptait que vingt lettres.

***

Les commandes tombèrent dès le jeudi. Une moto vint, puis cinq. Maman Akissi remplissait les sachets et la
petite machine de Yannick, sur le comptoir du réparateur, chantait à chaque vente. Le samedi, elle n'avait plus
de mangues à neuf heures. Elle resta assise devant son plateau vide, à regarder passer les habitués qui ne la
saluaient plus que de loin.

Le lundi vinrent les plaintes. Yannick les lut à voix basse, accroupi près d'elle. « Une mangue abîmée sur
trois. » « Troisième mangue immangeable, remboursez. » « Produit non homogène. » La société demandait un
effort sur la qualité. Elle proposait un conseil : ne mettre dans le lot que des fruits du premier choix.

— Ils ont tout gardé, dit Maman Akissi, stupéfaite. Ils ont essayé de manger la troisième tout seuls.

Elle ne se fâcha pas. Elle réfléchit jusqu'au soir. Puis elle demanda au garçon de lui trouver du papier, du
papier simple, et quelqu'un qui écrivait bien. La vendeuse d'ampoules écrivait bien. Elles y passèrent la nuit
à deux, sous la meilleure ampoule de l'allée.

Le lendemain, chaque sachet partit avec un billet plié autour de la troisième mangue. Il y était écrit : *Celle-ci
n'est pas pour vous. Frappez à la porte d'à côté.*

***

Pendant deux jours, la machine ne chanta pas. Yannick n'osait plus passer dans l'allée. Le troisième jour, elle
se remit à chanter, et ce ne fut plus pareil, car les clients avaient commencé à écrire dans la case des
commentaires, où il y avait de la place.

« Je vis à Angré depuis quatre ans et je ne connaissais pas ma voisine. Elle est de Korhogo. Elle m'a rendu de
l'attiéké. » « J'ai donné la mangue au gardien. Il s'appelle Souleymane. » « Ma fille exige de porter elle-même
la troisième. » « Mon voisin m'a dit : enfin. » Un homme se plaignait encore : il avait frappé à toutes les
portes de l'étage et personne n'avait ouvert. Il en commandait un autre lot pour samedi, il essaierait l'étage
du dessus.

Yannick les lut tous, debout, la tablette à bout de bras. Les voisines avaient éteint leur radio pour entendre.

— La société est contente, dit-il à la fin. Elle voudrait mettre le billet sur tous les produits. Sur les
oignons. Sur le riz. Ils demandent si vous avez une idée pour le savon.

Maman Akissi hocha la tête sans répondre. Elle refaisait ses tas, retournant chaque fruit vers la lumière,
pressant du pouce près de la queue. Une pour aujourd'hui. Une pour demain. Elle s'arrêta sur la troisième, une
belle, tachée de noir, qui sentait jusqu'au bout de l'allée, et elle la tendit au garçon.

— Je ne peux pas, maman, je suis en service.

— Elle n'est pas pour toi, dit-elle. Il y a bien une porte, à côté de chez toi ?

Il prit la mangue. On le vit partir entre les motos, la tenant à deux mains devant lui, comme on porte une lampe.
`,
  `
# L'apprenti

Quand on est apprenti de gbaka, on vit dehors. Le chauffeur a son siège, les passagers ont leurs genoux les uns
dans les autres ; l'apprenti a la portière, un pied sur la marche, une main au toit, et le reste de son corps
appartient au vent. C'est lui qui crie la destination, lui qui encaisse, lui qui frappe deux coups sur la
tôle pour que l'on parte et un seul pour que l'on s'arrête. Ismaël avait treize ans quand il commença. À seize,
il pouvait dire, rien qu'au bruit d'une pièce dans sa paume, si elle était fausse.

Il ne savait pas lire. Il n'en avait pas besoin : Abidjan s'écoute. On reconnaît Adjamé à la clameur, le Plateau
au silence des vitres, Yopougon à la musique qui vous arrive par les deux oreilles à la fois. Les noms, il les
criait comme il les avait reçus, d'une seule pièce, *Yop-Siporex-terminus !*, et il aurait été bien étonné
d'apprendre qu'il y avait là des lettres.

Le gbaka s'appelait d'un mot peint à l'avant, au-dessus du pare-brise, en rouge et en jaune. Ismaël passait
devant vingt fois par jour. Il n'avait jamais demandé ce que c'était. Quand les autres apprentis donnaient le
nom de leur voiture — *Dieu est grand*, *Le Retour*, *Sans Rancune* —, il disait qu'il avait oublié.

***

La dame montait à six heures dix, au carrefour de la boulangerie, avec un sac de cahiers. Elle prenait toujours
la même place, contre la portière, si bien que pendant quarante minutes elle avait sous les yeux le coude
d'Ismaël. C'était une institutrice à la retraite que la retraite ennuyait ; elle aidait, sans salaire, dans une
école du côté de Williamsville.

Un matin d'embouteillage, elle lui montra une enseigne.

— Celle-là, comment la lis-tu ?

— C'est la pharmacie.

— Bien sûr que c'est la pharmacie, il y a la croix. Je te demande le premier signe.

Il haussa les épaules et cria la destination, bien que le gbaka fût plein. Elle attendit qu'il eût fini.

— Deux bosses et un bâton pour le B, dit-elle. Une bosse et un bâton, c'est le P. Nous en verrons d'autres d'ici
le Plateau.

Ils en virent onze. Le lendemain, elle ne montra rien ; c'est lui qui, au feu rouge, du menton, désigna une
affiche. Une bosse et un bâton.

***

Ce fut une école qui roulait. Chaque rue avait sa leçon. La lettre A se tenait à l'entrée du marché, énorme, sur
un panneau de peinture ; le S faisait de la publicité pour un savon ; le O était partout, il fallait se
retenir. Boulevard Nangui-Abrogoua, ils marièrent les lettres deux par deux. Au mois de mai, ils en étaient aux
noms des coiffeuses. Le chauffeur, qui s'appelait Vieux Tiémoko et qui parlait peu, s'était mis à ralentir devant
les enseignes difficiles.

Les passagers s'en mêlèrent. Il y eut des disputes sur l'accent circonflexe. Un comptable affirma qu'*hôtel* se
passait très bien de chapeau, et faillit descendre avant son arrêt. Une vendeuse de poisson, qui suivait la leçon
depuis le fond sans en avoir l'air, laissa échapper un matin, tout haut, le mot *quincaillerie*, et rougit
jusqu'aux oreilles tandis que le gbaka entier l'applaudissait.

Puis la dame ne monta plus.

Ismaël fit durer l'arrêt au carrefour de la boulangerie. Il frappa un coup, pas deux. On klaxonna derrière. Une
semaine, deux semaines. Vieux Tiémoko ne disait rien et laissait tourner le moteur.

***

Ce fut la boulangère qui apporta l'enveloppe. La dame était partie chez sa fille, à Man, pour se faire soigner ;
elle n'avait pas eu le temps de prévenir ; il y avait un mot pour le petit de la portière.

Il mit l'enveloppe dans sa chemise et n'y toucha pas de la journée. Au terminus, à la nuit, quand tout fut
encaissé et balayé, il s'assit sur la marche, à la lumière du plafonnier. La feuille était quadrillée. Elle
avait écrit en grandes lettres séparées, comme des enseignes.

Il lut du doigt. Cela prit longtemps. Il y avait des mots qu'il fallait crier tout bas pour les reconnaître.

*Ismaël. Tu as toute la ville. Continue sans moi. Commence par ce qui est écrit au-dessus de ta tête.*

Il leva les yeux et ne vit que la tôle. Il relut. Alors il descendit, fit le tour du véhicule et alla se planter
devant, dans la poussière, à l'endroit où, depuis trois ans, il passait vingt fois par jour. Vieux Tiémoko, sans
qu'on le lui eût demandé, alluma les phares, puis pensa que cela n'éclairait pas le bon côté, et vint tenir sa
lampe de poche à bout de bras.

Une bosse et un bâton. Un A. Un T, comme dans *tomate*. Le I, tout maigre. Un E. Un N. Un C. Un E encore, qui ne
se prononçait pas, mais qui était là, au bout, et qui gardait la porte.

— Patience, lut Ismaël.

— J'ai cru que tu ne demanderais jamais, dit le vieux.
`,
  `
# La fin du film

Personne, à Sikasso, n'a vu la fin du film, et pourtant tout le monde vous la racontera. C'est arrivé au cinéma
de plein air, du temps où il y en avait encore un : un mur blanchi à la chaux, des bancs de fer, une cabine
grande comme un poulailler, et au-dessus de tout cela le ciel, qui ne payait pas sa place et qui se mêlait de
l'image.

Le propriétaire s'appelait N'Golo Projection. On avait fini par oublier son nom de famille. Il recevait les films
par le car, dans des boîtes rondes, souvent le troisième avant le deuxième ; il les recollait avec du ruban et,
quand une bobine manquait, il descendait devant l'écran pour expliquer ce qui s'était passé entre-temps. Il
expliquait bien. On venait parfois pour la bobine manquante.

Ce soir-là, c'était la dernière séance. Il l'avait écrit sur l'ardoise, à l'entrée, d'une craie qui tremblait.
Les gens avaient maintenant la télévision, les jeunes avaient leur téléphone ; on venait pour l'ombre et pour
les arachides. Un commerçant avait acheté le terrain pour y ranger du ciment.

Alors, bien sûr, toute la ville vint. On s'assit à quatre sur des bancs de trois. Les enfants montèrent sur le
mur du fond. N'Golo avait choisi un film que personne ne connaissait, pas même lui : une boîte gardée vingt ans
dans la cabine, sans étiquette, et qu'il réservait, disait-il, pour un jour sans lendemain.

***

C'était l'histoire d'une femme qui attend une lettre. On ne savait pas dans quel pays. Elle parlait une langue
inconnue et les sous-titres étaient tombés du bas du mur depuis qu'on avait refait l'enduit. Mais on comprenait.
Elle allait chaque matin jusqu'au bout d'une route ; elle revenait. Un homme à chapeau lui proposait une autre
vie et elle disait non de la tête, en regardant ailleurs. Une vieille lui apprenait un chant. À la poste, un
employé cachait quelque chose dans un tiroir, et deux mille personnes crièrent pour la prévenir.

La lettre finit par arriver. Ce fut un beau silence. On entendait la pellicule courir dans l'appareil comme un
insecte. La femme tenait l'enveloppe ; elle s'asseyait sur une marche ; elle glissait un doigt sous le papier, et
son visage devenait grand, plus grand que le mur, si bien qu'on ne vit plus que ses yeux qui commençaient à lire.

La première goutte tomba sur l'œil gauche.

Puis ce fut toute la pluie d'un coup, la première de la saison, celle qu'on avait demandée dans les mosquées et
dans les champs. Le mur se mit à couler. Le visage brilla, trembla, se fendit. Dans la cabine quelque chose
claqua avec une petite fumée bleue ; et la nuit revint, pleine d'eau et de rires, sur deux mille personnes qui
couraient s'abriter sous les auvents d'en face.

***

On était là, serrés, trempés, à regarder tomber la fin du film. Personne ne rentrait. Quelqu'un appela N'Golo :
il manquait une bobine, qu'il explique ! Il sortit de la foule, le chapeau dégoulinant, et ouvrit les mains.

— Je ne l'ai jamais vu, dit-il. Celui-là, je ne sais pas.

Un silence gêné suivit, comme quand un père avoue. Alors une voix de femme s'éleva, au fond, sous la tôle du
vendeur de pneus.

— Moi, je sais. C'est son frère qui écrit. Il lui demande pardon pour la part d'héritage.

— Quel frère ? Il n'y avait pas de frère !

— Il y a toujours un frère, dit la femme.

— Pas du tout, fit un soldat. La lettre est vide. Il n'y a que le papier, mais il sent le tabac de son mari, et
elle comprend qu'il est vivant.

— Elle ne la lit pas, trancha un élève du lycée. Elle la déchire. Elle a attendu tellement qu'elle aime mieux
attendre.

On le hua beaucoup, sauf trois jeunes filles. Un vieux qui n'avait jamais quitté la ville raconta, lui, une fin
si longue, avec un bateau, un procès et deux jumeaux, qu'on oublia qu'il pleuvait. Une marchande expliqua la
chanson. Un enfant déclara que c'était l'employé de la poste qui avait tout écrit, depuis le tiroir, parce
qu'il était amoureux ; et il y eut un murmure, car cela, vraiment, se tenait.

N'Golo allait d'un auvent à l'autre. Il écoutait, la tête penchée, comme il écoutait autrefois tourner la
machine, pour entendre à temps si quelque chose allait casser. Rien ne cassait. Vers minuit la pluie cessa. Les
gens s'en allèrent par petits groupes, en discutant, et longtemps, dans les rues noires, on entendit la femme du
film ouvrir sa lettre.

***

Le terrain fut vendu. Il y a du ciment aujourd'hui derrière le mur. Mais passez à Sikasso, un soir de première
pluie, et demandez à n'importe qui ce qu'il y avait dans la lettre. On vous offrira une chaise.

N'Golo, lui, avait ramassé la bobine. Elle avait séché ; un réparateur, à Bamako, lui proposa de la passer, juste
une fois, pour voir. Il a raconté cela à ma mère, qui me l'a raconté. Il a pris la boîte sur ses genoux, il a
réfléchi tout le temps que mit le car à se remplir.

— Non, a-t-il dit. Il y en a déjà deux mille, et elles sont toutes bonnes.
`,
]
