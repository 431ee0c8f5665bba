import type { LookAtKind } from '../../data/orders/to-look-at.ts'
import type { Denial, ProbeAnswer } from '../../money/provider.ts'
import { deskDictionary } from '../../words/words.ts'
import type { Step, StepState } from './steps.ts'

/** These counts stop at a hundred. */
const upTo99 = (count: number, more: string) => (count > 99 ? more : String(count))

/** The desk's first page, and the first steps. */
const fr = {
  home: {
    title: 'Accueil',
    outage: (since: string) =>
      `CinetPay ne répond pas depuis le ${since} (heure GMT). Rien n’est perdu : la boutique essaie de nouveau toute seule, et chaque livre payé sera donné dès que CinetPay répondra.`,
    denied: {
      address: (since: string, seenAs: string | null) =>
        `La boutique ne peut pas encaisser depuis le ${since} (heure GMT) : CinetPay refuse l’adresse de votre hébergement. Entrez ${seenAs ? `l’adresse ${seenAs}` : 'son adresse'} dans le panneau de CinetPay, « API et sécurité ». Personne ne peut payer ; les paiements déjà faits seront vérifiés dès que CinetPay acceptera à nouveau la boutique.`,
      keys: (since: string) =>
        `La boutique ne peut pas encaisser depuis le ${since} (heure GMT) : CinetPay ne reconnaît pas ses clés. Recopiez-les dans les réglages de votre hébergement, puis redémarrez. Personne ne peut payer ; les paiements déjà faits seront vérifiés dès que CinetPay acceptera à nouveau la boutique.`,
    } as Record<Denial, (since: string, seenAs: string | null) => string>,
    deniedHelp: 'Voir et tester CinetPay',
    today: 'Aujourd’hui',
    sales: (count: number) =>
      count === 0 ? 'Aucune vente' : `${count} vente${count > 1 ? 's' : ''}`,
    figures: 'Tous les chiffres',
    look: 'À traiter',
    nothing: 'Rien à traiter : tout va bien.',
    kinds: {
      cases: (count: number) =>
        `${upTo99(count, 'plus de 99')} réclamation${count > 1 ? 's' : ''} « J’ai été débité »`,
      reviews: (count: number) =>
        `${upTo99(count, 'plus de 99')} paiement${count > 1 ? 's' : ''} d’un montant inattendu`,
      doubles: (count: number) =>
        `${upTo99(count, 'plus de 99')} commande${count > 1 ? 's' : ''} payée${count > 1 ? 's' : ''} deux fois`,
      givenBack: (count: number) =>
        `${upTo99(count, 'plus de 99')} paiement${count > 1 ? 's' : ''} rendu${count > 1 ? 's' : ''} par CinetPay`,
      mails: (count: number) =>
        count > 1
          ? `${upTo99(count, 'plus de 99')} e\u2011mails qui ne sont pas partis`
          : '1 e\u2011mail qui n’est pas parti',
      waiting: (count: number) =>
        `${upTo99(count, 'plus de 99')} paiement${count > 1 ? 's' : ''} en attente depuis longtemps`,
    } as Record<LookAtKind, (count: number) => string>,
    remind: (count: number) =>
      count === 1
        ? 'Un acheteur à relancer'
        : `${upTo99(count, 'plus de 99')} acheteurs à relancer`,
    damaged: (count: number) =>
      count === 1 ? 'Un fichier abîmé, à renvoyer' : `${count} fichiers abîmés, à renvoyer`,
    latest: 'Dernières commandes',
    noOrder: 'Aucune commande pour l’instant.',
    allOrders: 'Toutes les commandes',
    quick: 'Raccourcis',
    newBook: 'Ajouter un livre',
    handSale: 'Enregistrer une vente hors boutique',
    promotion: 'Créer une promotion',
    next: 'Pour ouvrir la boutique',
    nextStep: (name: string) => `Prochaine étape : ${name}.`,
    goOn: 'Continuer',
  },
  title: 'Premiers pas',
  lead: 'Quatre étapes pour ouvrir la boutique. Faites-les dans l’ordre que vous voulez ; vous pouvez vous arrêter et revenir plus tard.',
  allDone: 'Tout est fait. Votre boutique est ouverte !',
  saved: 'C’est enregistré. On continue !',
  states: { done: 'Fait', later: 'Plus tard', todo: 'À faire' } as Record<StepState, string>,
  later: 'Plus tard',
  resume: 'Reprendre cette étape',
  hide: 'Ne plus montrer les premiers pas sur l’accueil',
  unhide: 'Montrer les premiers pas sur l’accueil',
  back: 'Premiers pas',
  names: {
    shop: 'La boutique',
    cinetpay: 'CinetPay',
    book: 'Votre premier livre',
    sale: 'Une vente d’essai',
  } as Record<Step, string>,
  shop: {
    text: 'Donnez un nom à la boutique, votre pays et votre numéro WhatsApp. Dites ensuite qui vend : les pages légales en sont tirées.',
    named: 'Le nom est donné. Il reste à dire qui vend : les pages légales en sont tirées.',
    currency: (currency: string) => `Monnaie : ${currency}, choisie à l’installation.`,
    shop: 'Configurer la boutique',
    identity: 'Indiquer qui vend',
  },
  cinetpay: {
    text: 'CinetPay encaisse pour vous : Orange Money, Wave, MTN, Moov, cartes.',
    open: 'Voir et tester CinetPay',
    title: 'CinetPay',
    demonstration:
      'La boutique est en démonstration : il n’y a pas encore de clé, et un simulateur remplace CinetPay. Tout marche comme en vrai, sans argent. C’est parfait pour essayer.',
    howTitle: 'Pour vendre en vrai',
    how: [
      'Ouvrez un compte marchand chez CinetPay. Les nouveaux comptes ont le nouveau panneau, panel.cinetpay.net : une clé qui commence par sk_, et un mot de passe.',
      'Avant les clés, entrez l’adresse de votre hébergement dans ce panneau : voyez « L’adresse à donner à CinetPay » ci-dessous.',
      'Recopiez la clé et le mot de passe dans les réglages de votre hébergement, sous les noms ci-dessous. Ce sont des secrets : ils ne se tapent pas ici.',
      'Redémarrez la boutique, puis revenez tester.',
    ],
    older: (names: string) =>
      `Vous avez des clés plus anciennes, avec un Site ID ? Elles conviennent aussi (${names}) ; mais fin août 2026, l’API de ces clés ne répondait plus à ceux qui l’ont essayée.`,
    callers: {
      title: 'L’adresse à donner à CinetPay',
      text: 'CinetPay ne répond qu’aux adresses (IPv4) entrées dans son panneau, « API et sécurité », même pour un essai. Sans la vôtre, il refuse tout, avec le code 2011, et rien ne se vend.',
      ask: 'Chercher mon adresse',
      seen: 'Voici l’adresse à entrer, telle que CinetPay la voit (très probablement) :',
      unseen:
        'L’adresse n’a pas pu être lue d’ici. Demandez à votre hébergeur « l’adresse IPv4 par laquelle mes programmes sortent » ; dans cPanel, « Shared IP Address » (à droite) est souvent celle-là.',
      ipv6: 'C’est une adresse IPv6, et la liste de CinetPay prend des IPv4 : demandez la vôtre à votre hébergeur.',
      relay:
        'Votre hébergeur n’a pas d’adresse fixe (Cloudflare Workers, Vercel…) ? Un petit relais en donne une : c’est le guide « Le relais » de la boutique.',
    },
    keys: 'Les clés',
    set: 'renseignée',
    unset: 'manquante',
    addresses: 'Adresses de notification et de retour',
    addressesText: 'Dans le menu « Intégration » de CinetPay, si on vous les demande :',
    notify: 'Adresse de notification (notify_url)',
    return: 'Adresse de retour (return_url)',
    test: 'Tester les clés',
    testText: 'La boutique pose à CinetPay une question sans conséquence, et lit la réponse.',
    secretSeen: 'La Secret Key est valide : une notification signée est déjà arrivée.',
    secretUnseen:
      'La Secret Key ne peut pas être testée d’ici : elle le sera par la première notification d’un vrai paiement.',
    answers: {
      works: 'CinetPay répond, et reconnaît les clés.',
      'wrong-key':
        'CinetPay ne reconnaît pas ces clés. Recopiez-les en entier, sans espace, puis redémarrez la boutique.',
      'wrong-address':
        'CinetPay refuse l’adresse de votre hébergement (code 2011) : elle n’est pas dans sa liste. Vos clés ne sont pas en cause. Entrez dans le panneau de CinetPay, « API et sécurité », l’adresse ci-dessous, puis testez à nouveau.',
      'wrong-site':
        'CinetPay connaît l’API Key, mais pas ce Site ID. Vérifiez CINETPAY_SITE_ID dans le menu « Intégration ».',
      unclear:
        'CinetPay a répondu, sans dire si les clés sont valides. Vérifiez-les, et demandez à CinetPay si votre compte est activé.',
      unreachable:
        'CinetPay n’a pas répondu. Essayez dans une minute. Si cela dure, votre hébergeur bloque peut-être les appels vers l’extérieur.',
    } as Record<ProbeAnswer['kind'], string>,
    code: (code: string) => `Code reçu : ${code}`,
  },
  book: {
    text: 'Ajoutez un livre à vous : un titre, un prix, un fichier PDF. Puis mettez-le en vente.',
    add: 'Ajouter un livre',
    list: 'Voir mes livres',
    see: 'Voir la page du livre',
  },
  sale: {
    demonstration:
      'Achetez votre livre comme un client, avec votre propre numéro. Le simulateur remplace CinetPay : aucun argent ne circule.',
    real: 'Achetez votre livre comme un client, avec votre propre numéro. Le paiement est vrai : choisissez un petit prix le temps de l’essai.',
    then: 'Ensuite, cherchez la commande avec les quatre derniers chiffres de votre numéro, et notez son remboursement : l’accès au livre se ferme aussitôt.',
    first: 'Mettez d’abord un livre à vous en vente.',
    buy: 'Aller acheter le livre',
    orders: 'Chercher la commande',
  },
}

const en: typeof fr = {
  home: {
    title: 'Home',
    outage: (since) =>
      `CinetPay has not answered since ${since} (GMT). Nothing is lost: the shop tries again by itself, and each paid book is given as soon as CinetPay answers.`,
    denied: {
      address: (since, seenAs) =>
        `The shop cannot take payments since ${since} (GMT): CinetPay refuses the address of your hosting. Enter ${seenAs ? `the address ${seenAs}` : 'its address'} in CinetPay’s panel, “API & security”. Nobody can pay; payments already made will be checked as soon as CinetPay accepts the shop again.`,
      keys: (since) =>
        `The shop cannot take payments since ${since} (GMT): CinetPay does not know its keys. Copy them into the settings of your hosting, then restart. Nobody can pay; payments already made will be checked as soon as CinetPay accepts the shop again.`,
    },
    deniedHelp: 'See and test CinetPay',
    today: 'Today',
    sales: (count) => (count === 0 ? 'No sale' : `${count} sale${count === 1 ? '' : 's'}`),
    figures: 'All reports',
    look: 'Needs attention',
    nothing: 'Nothing needs attention: all is well.',
    kinds: {
      cases: (count) =>
        `${upTo99(count, 'more than 99')} claim${count === 1 ? '' : 's'} “I was debited”`,
      reviews: (count) =>
        `${upTo99(count, 'more than 99')} payment${count === 1 ? '' : 's'} of an unexpected amount`,
      doubles: (count) =>
        `${upTo99(count, 'more than 99')} order${count === 1 ? '' : 's'} paid twice`,
      givenBack: (count) =>
        `${upTo99(count, 'more than 99')} payment${count === 1 ? '' : 's'} given back by CinetPay`,
      mails: (count) =>
        count > 1
          ? `${upTo99(count, 'more than 99')} e-mails that were not sent`
          : '1 e-mail that was not sent',
      waiting: (count) =>
        `${upTo99(count, 'more than 99')} payment${count === 1 ? '' : 's'} pending for a long time`,
    },
    remind: (count) =>
      count === 1 ? 'One buyer to remind' : `${upTo99(count, 'more than 99')} buyers to remind`,
    damaged: (count) =>
      count === 1
        ? 'One damaged file, to be sent again'
        : `${count} damaged files, to be sent again`,
    latest: 'Latest orders',
    noOrder: 'No order yet.',
    allOrders: 'All orders',
    quick: 'Quick actions',
    newBook: 'Add a book',
    handSale: 'Record a sale made elsewhere',
    promotion: 'Create a promotion',
    next: 'To open the shop',
    nextStep: (name) => `Next step: ${name}.`,
    goOn: 'Continue',
  },
  title: 'First steps',
  lead: 'Four steps to open the shop. Take them in any order, leave and come back whenever you want.',
  allDone: 'All done. Your shop is open!',
  saved: 'Saved. On to the next step!',
  states: { done: 'Done', later: 'Later', todo: 'To do' },
  later: 'Later',
  resume: 'Resume this step',
  hide: 'Hide the first steps on the home page',
  unhide: 'Show the first steps on the home page',
  back: 'First steps',
  names: {
    shop: 'The shop',
    cinetpay: 'CinetPay',
    book: 'Your first book',
    sale: 'A test sale',
  },
  shop: {
    text: 'Give the shop a name, your country and your WhatsApp number. Then say who sells: the legal pages are made from it.',
    named: 'The name is given. What is left is to say who sells: the legal pages are made from it.',
    currency: (currency) => `Currency: ${currency}, chosen at installation.`,
    shop: 'Set up the shop',
    identity: 'Say who sells',
  },
  cinetpay: {
    text: 'CinetPay takes the money for you: Orange Money, Wave, MTN, Moov, cards.',
    open: 'See and test CinetPay',
    title: 'CinetPay',
    demonstration:
      'The shop is a demonstration: there is no key yet, and a simulator stands in for CinetPay. Everything works as in real life, without money: perfect for trying it out.',
    howTitle: 'To sell for real',
    how: [
      'Open a merchant account with CinetPay. New accounts have the new panel, panel.cinetpay.net: a key that begins with sk_, and a password.',
      'Before the keys, enter the address of your hosting in that panel: see “The address to give to CinetPay” below.',
      'Copy the key and the password into the settings of your hosting, under the names below. They are secrets: they are not typed here.',
      'Restart the shop, then come back to test.',
    ],
    older: (names) =>
      `Do you have older keys, with a Site ID? They work, too (${names}); but at the end of August 2026 the API of these keys no longer answered those who tried it.`,
    callers: {
      title: 'The address to give to CinetPay',
      text: 'CinetPay only answers the addresses (IPv4) entered in its panel, “API & security”, even for a trial. Without yours it refuses everything, with code 2011, and nothing can be sold.',
      ask: 'Find my address',
      seen: 'This is the address to enter, as CinetPay sees it (very probably):',
      unseen:
        'The address could not be read from here. Ask your host for “the IPv4 address that my programs go out by”; in cPanel, “Shared IP Address” (on the right) often is the one.',
      ipv6: 'This is an IPv6 address, and CinetPay’s list takes IPv4: ask your host for yours.',
      relay:
        'Your host has no fixed address (Cloudflare Workers, Vercel…)? A small relay gives you one: see the shop’s guide “The relay”.',
    },
    keys: 'The keys',
    set: 'set',
    unset: 'missing',
    addresses: 'Notification and return addresses',
    addressesText: 'In CinetPay’s “Integration” menu, if you are asked for them:',
    notify: 'Notification address (notify_url)',
    return: 'Return address (return_url)',
    test: 'Test the keys',
    testText: 'The shop asks CinetPay a question without consequence, and reads the answer.',
    secretSeen: 'The Secret Key is valid: a signed notification has arrived already.',
    secretUnseen:
      'The Secret Key cannot be tested from here: the first notification of a real payment will do it.',
    answers: {
      works: 'CinetPay answers, and knows the keys.',
      'wrong-key':
        'CinetPay does not know these keys. Copy them in full, without spaces, then restart the shop.',
      'wrong-address':
        'CinetPay refuses the address of your hosting (code 2011): it is not on its list. Your keys are not the cause. Enter the address below in CinetPay’s panel, “API & security”, then test again.',
      'wrong-site':
        'CinetPay knows the API Key, but not this Site ID. Check CINETPAY_SITE_ID in the “Integration” menu.',
      unclear:
        'CinetPay answered, without saying whether the keys are valid. Check them, and ask CinetPay whether your account is active.',
      unreachable:
        'CinetPay did not answer. Try in a minute. If this continues, your host may be blocking outgoing calls.',
    },
    code: (code) => `Code received: ${code}`,
  },
  book: {
    text: 'Add a book of your own: a title, a price, a PDF file. Then put it on sale.',
    add: 'Add a book',
    list: 'See my books',
    see: 'See the book’s page',
  },
  sale: {
    demonstration:
      'Buy your book as a customer would, with your own number. The simulator stands in for CinetPay: no money moves.',
    real: 'Buy your book as a customer would, with your own number. The payment is real: choose a small price for the test.',
    then: 'Then search for the order by the last four digits of your number, and record its refund: access to the book ends right away.',
    first: 'First put a book of your own on sale.',
    buy: 'Go and buy the book',
    orders: 'Search for the order',
  },
}

export const startWords = deskDictionary({ fr, en })
