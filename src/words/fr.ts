import type { RefusalReason, WaitingReason } from '../money/provider.ts'
import { pluralIn } from './plural.ts'

const plural = pluralIn('fr')

/** French, the original. Plain words; the buyer is addressed politely. */
export const fr = {
  languageName: 'Français',
  byte: 'o',
  about3g: (time: string) => `environ ${time} en 3G`,
  shop: 'Kiosque',
  tagline: 'Des livres numériques, à payer avec votre téléphone.',
  skip: 'Aller au contenu',
  menu: 'Menu',
  home: 'Tous les livres',
  demonstration: 'Démonstration : aucun argent ne circule, les paiements sont simulés.',
  find: 'Retrouver mes livres',
  footer: 'Paiement par CinetPay : mobile money et carte.',
  legal: {
    name: 'Informations légales',
    links: [
      ['legalNotice', 'Mentions légales'],
      ['terms', 'Conditions de vente'],
      ['privacy', 'Confidentialité'],
    ] as [LegalPage, string][],
  },
  catalog: {
    title: 'Nos livres',
    empty: 'Aucun livre pour l’instant. Revenez bientôt !',
    description: (shop: string) =>
      `Les livres numériques de ${shop} : à payer avec le téléphone, à lire tout de suite.`,
    search: 'Chercher un titre, un auteur, un thème',
    searched: 'Titre, auteur…',
    go: 'Chercher',
    tags: 'Thèmes',
    found: (typed: string) => `Livres pour « ${typed} »`,
    nothing: (typed: string) => `Aucun livre pour « ${typed} ». Essayez avec un seul mot.`,
    near: (typed: string) =>
      `Aucun livre ne correspond exactement à « ${typed} ». Voici les plus proches.`,
    ask: 'Écrivez un titre, un auteur ou un thème.',
    tag: (name: string) => `Thème : ${name}`,
    author: (name: string) => `Livres de ${name}`,
    more: 'Livres plus anciens',
    newest: 'Revenir aux nouveautés',
    all: 'Tous les livres',
    news: (shop: string) => `Nouveaux livres de ${shop}`,
  },
  help: {
    title: 'Aide',
    description: 'Payer, recevoir, retrouver un livre : les réponses à vos questions.',
    operatorsTitle: 'Ce qui se passe sur votre téléphone',
    operatorsLead:
      'Après « Payer », la page de CinetPay s’ouvre. Vous y choisissez votre opérateur.',
    operator: (name: string) => `Avec ${name}`,
    cards: 'Carte bancaire',
    questionsTitle: 'Questions',
    questions: [
      [
        'Faut-il un compte ou un e‑mail ?',
        'Non. Votre nom et votre numéro de téléphone suffisent. L’e‑mail est facultatif.',
      ],
      [
        'Quand est-ce que je reçois le livre ?',
        'Dès que le paiement est confirmé, en général en moins d’une minute. Le livre s’ouvre sur la page de votre commande.',
        'paid',
      ],
      [
        'J’ai été débité et je n’ai pas le livre.',
        'Ne payez pas une seconde fois. Ouvrez la page de votre commande, ou « Retrouver mes livres », et dites que vous avez été débité : nous vérifions tout de suite.',
        'paid',
      ],
      [
        'Le téléchargement s’est arrêté.',
        'Ouvrez à nouveau la page de votre commande et touchez le bouton. Le téléchargement reprend là où il s’est arrêté, et ne compte pas deux fois.',
      ],
      [
        'J’ai perdu le lien de ma commande.',
        'Allez dans « Retrouver mes livres » avec votre numéro de téléphone et le code de la commande.',
      ],
      [
        'Comment lire le livre ?',
        'Un PDF s’ouvre sur presque tous les téléphones. Pour un EPUB, installez une application de lecture gratuite. Un MP3 s’écoute comme de la musique.',
      ],
      [
        'Puis-je lire sur plusieurs appareils ?',
        'Oui, sur les vôtres. Le livre est pour votre usage personnel.',
      ],
    ] as [question: string, answer: string, of?: 'paid'][],
    findTitle: 'Vous avez déjà acheté ?',
    contactTitle: 'Parler à une personne',
    contact: 'Écrivez à la boutique. Si vous avez déjà commandé, donnez le code de votre commande.',
    noContact: 'Les coordonnées de la boutique sont dans les mentions légales.',
    whatsappText: 'Bonjour, j’ai une question sur vos livres.',
  },
  book: {
    by: (author: string) => `de ${author}`,
    cover: (title: string) => `Couverture de « ${title} »`,
    pages: (count: number) => plural(count, 'page', 'pages'),
    free: 'Gratuit',
    asYouLike: 'Prix libre',
    asYouLikeFrom: (price: string) => `Prix libre, à partir de ${price}`,
    sample: {
      'application/pdf': 'Lire un extrait',
      'application/epub+zip': 'Télécharger un extrait',
      'audio/mpeg': 'Écouter un extrait',
      'audio/mp4': 'Écouter un extrait',
    } as Partial<Record<string, string>>,
    contents: 'Table des matières',
    tags: 'Thèmes du livre',
    moreBy: (authors: string) => `Autres livres de ${authors}`,
    operators: 'Vous pouvez payer avec',
    onPhone: 'Ce qui se passe sur votre téléphone',
    questions: 'Questions',
    allHelp: 'Toute l’aide',
    askShop: 'Poser une question sur WhatsApp',
    question: (title: string) => `Bonjour, j’ai une question sur « ${title} ».`,
    share: 'Partager sur WhatsApp',
    shared: (title: string, address: string) => `« ${title} » : ${address}`,
    description: (title: string, author: string, price: string) =>
      `« ${title} », de ${author}. ${price}. Livre numérique à payer avec le téléphone, reçu tout de suite.`,
    card: {
      title: (title: string) => `Affichette de « ${title} »`,
      scan: 'Scannez ce code avec l’appareil photo de votre téléphone, ou tapez l’adresse.',
      print: 'Imprimez cette affichette et posez-la près de vos livres.',
      code: (title: string) => `Code à scanner vers la page de « ${title} »`,
    },
    notPayable: 'Ce livre n’est pas en vente pour l’instant.',
    afterTitle: 'Comment ça se passe',
  },
  sale: {
    book: {
      go: 'Acheter',
      title: 'Acheter ce livre',
      agree:
        'En validant, vous demandez le livre tout de suite : une fois téléchargé, il ne peut plus être remboursé. Voir les',
      after: [
        'Vous payez avec votre téléphone, sur la page de CinetPay.',
        'Dès que le paiement est confirmé, le livre s’ouvre sur la page de votre commande.',
        'Gardez le lien de cette page : il rouvre votre livre quand vous voulez, sans compte ni e\u2011mail.',
      ],
    },
    pack: {
      go: 'Acheter',
      title: 'Acheter ce lot',
      agree:
        'En validant, vous demandez les livres tout de suite : une fois téléchargés, ils ne peuvent plus être remboursés. Voir les',
      after: [
        'Vous payez une seule fois avec votre téléphone, sur la page de CinetPay.',
        'Dès que le paiement est confirmé, tous les livres s’ouvrent sur la page de votre commande.',
        'Gardez le lien de cette page : il rouvre votre livre quand vous voulez, sans compte ni e\u2011mail.',
      ],
    },
    free: {
      go: 'Obtenir gratuitement',
      title: 'Obtenir gratuitement',
      agree: 'En validant, vous acceptez les',
      after: [
        'Vous écrivez votre nom et votre téléphone, pour retrouver votre livre plus tard.',
        'La page de votre commande s’ouvre tout de suite, sans rien payer.',
        'Gardez le lien de cette page : il rouvre votre livre quand vous voulez, sans compte ni e\u2011mail.',
      ],
    },
  },
  pack: {
    title: (count: number) => `${plural(count, 'livre', 'livres')} dans ce lot`,
    apart: (sum: string) => `Achetés un par un : ${sum}.`,
    saving: (sum: string) => `Avec le lot, vous économisez ${sum}.`,
  },
  code: {
    have: 'J’ai un code de réduction',
    label: 'Votre code',
    apply: 'Appliquer',
    applied: (code: string) => `Code ${code} :`,
    fromTo: (before: string, after: string) => `${before} → ${after}`,
    onChosen: (off: string) => `Ce code retire ${off} du montant que vous choisissez.`,
    remove: 'Enlever le code',
    refused: {
      unknown: 'Nous ne connaissons pas ce code. Vérifiez les lettres et les chiffres.',
      notYet: 'La promotion de ce code n’a pas encore commencé.',
      over: 'La promotion de ce code est terminée.',
      usedUp: 'Ce code a déjà servi autant de fois que prévu.',
      otherBook: 'Ce code n’est pas pour ce livre.',
      noGain: 'Ce code ne baisse pas le prix de ce livre.',
      tooManyTries:
        'Trop de codes faux ont été essayés depuis votre réseau. Répondez à la petite question, ou achetez sans code.',
    },
    withoutIt: (price: string) =>
      `Sans code, le prix est de ${price}. Rien n’a été débité. Validez à nouveau si vous êtes d’accord.`,
    withoutItChosen: 'Rien n’a été débité. Sans code, vous payez le montant que vous choisissez.',
    changed: 'La réduction vient de changer. Vérifiez le prix, puis validez à nouveau.',
  },
  form: {
    name: 'Votre nom',
    phone: 'Votre téléphone',
    phoneHint: 'Pour retrouver votre commande.',
    phoneExample: (place: string, number: string) => `Exemple (${place}) : ${number}`,
    country: 'Pays du téléphone',
    otherCountry: 'Autre pays (tapez le numéro avec +)',
    email: 'Votre e-mail (facultatif)',
    means: 'Comment payez-vous ?',
    meansLater: 'Je choisirai ensuite',
    amount: 'Le montant que vous choisissez',
    amountHint: ({ smallest, step, orNothing }: AmountRule) =>
      `${orNothing ? 'Écrivez 0 pour ne rien payer, ou ' : ''}${smallest} ou plus${step > 1 ? `, par multiples de ${step}` : ''}.`,
    terms: 'conditions de vente',
    pay: (price: string) => `Payer ${price}`,
    payChosen: 'Payer ce montant',
    getFree: 'Obtenir gratuitement',
    errors: {
      summary: 'Il reste quelque chose à corriger. Rien n’a été débité.',
      name: 'Écrivez votre nom (100 caractères au plus).',
      phone: {
        empty: 'Écrivez le numéro de téléphone, en chiffres.',
        two: 'Il y a deux numéros, ou trop de texte. Gardez un seul numéro.',
        plus: 'Commencez par + et l’indicatif du pays. Exemple : +33 6 12 34 56 78',
        prefix: 'Aucun pays n’a l’indicatif écrit après le +. Vérifiez-le.',
        letter: (letter: string) =>
          `Il y a une lettre dans ce numéro : ${letter}. Mettez un chiffre à sa place.`,
        old: {
          BJ: (number: string) =>
            `Les numéros du Bénin ont 10 chiffres maintenant. Mettez 01 devant : ${number}`,
          CI: () =>
            'Les numéros de Côte d’Ivoire ont 10 chiffres maintenant. Mettez devant 07 (Orange), 05 (MTN) ou 01 (Moov).',
        },
        zero: (country: string, number: string) =>
          `Pas de 0 au début pour ce pays (${country}) : écrivez ${number}. Si le numéro est d’un autre pays, choisissez-le dans la liste.`,
        short: (digits: number, lengths: string, country: string) =>
          `Il manque des chiffres : ${digits} au lieu de ${lengths} (${country}).`,
        long: (digits: number, lengths: string, country: string) =>
          `Il y a trop de chiffres : ${digits} au lieu de ${lengths} (${country}).`,
        lostZero: 'Le 0 du début manque peut-être.',
        others: (countries: string) =>
          `C’est un numéro d’un autre pays (${countries}) ? Choisissez-le dans la liste.`,
      },
      country: 'Choisissez un pays de la liste.',
      email: 'Cette adresse e-mail ne semble pas valide. Corrigez-la ou laissez vide.',
      amount: (rule: string) =>
        `Ce montant n’est pas possible. Écrivez-le sans point ni virgule. ${rule}`,
      amountTooHigh: (largest: string) =>
        `CinetPay accepte ${largest} au plus. Choisissez un montant plus petit.`,
      discount: 'La réduction a changé. Vérifiez le nouveau prix, puis validez à nouveau.',
      price: (price: string) =>
        `Le prix a changé : il est maintenant de ${price}. Validez à nouveau si vous êtes d’accord.`,
    },
  },
  order: {
    title: (code: string) => `Commande ${code}`,
    receipt: {
      title: (code: string) => `Reçu de la commande ${code}`,
      book: 'Livre',
      code: 'Code de la commande',
      amount: 'Montant',
      payment: 'Paiement',
      trial: 'Commande d’essai, aucun argent n’a circulé',
      day: 'Date',
      shop: 'Boutique',
      link: 'Page de la commande',
      find: 'Pour retrouver le livre',
      how: 'Gardez ce fichier. Pour retrouver votre livre sur un autre téléphone, ouvrez la page de la commande, ou donnez votre numéro et le code à l’adresse ci-dessus.',
      keep: 'Sauvegarder ma commande',
      others: 'Mes autres livres',
      download: 'Enregistrer le reçu',
      whatsapp: 'M’envoyer le lien par WhatsApp',
      copy: 'Ou copiez ce texte',
    },
    keep: 'Gardez cette page : ajoutez-la à vos favoris, ou envoyez-vous le lien. Elle donne accès à votre livre.',
    support: (code: string) => `Un problème ? Donnez ce code à la boutique : ${code}.`,
    write: {
      whatsapp: 'Écrire à la boutique sur WhatsApp',
      email: 'Écrire à la boutique par e-mail',
      text: (code: string) => `Bonjour, je vous écris pour ma commande ${code}.`,
    },
    paid: {
      book: {
        title: 'Merci ! Votre livre est là.',
        text: 'Téléchargez votre livre maintenant, et revenez ici quand vous voulez.',
      },
      pack: {
        title: 'Merci ! Vos livres sont là.',
        text: 'Téléchargez vos livres maintenant, et revenez ici quand vous voulez.',
      },
      confirmed: 'Le paiement est confirmé.',
      free: 'Il n’y a rien à payer.',
      download: 'Télécharger le livre',
      listen: 'Écouter',
      read: 'Lire dans le navigateur',
    },
    double: {
      owed: (sum: string) =>
        `Vous avez payé une fois de trop. La boutique est prévenue : elle doit vous rendre ${sum}.`,
      perhaps: (sum: string) =>
        `CinetPay a accepté un paiement de ${sum}, et la boutique avait déjà noté votre commande comme payée. Elle est prévenue, et vérifie si elle doit vous rendre cette somme.`,
      back: (sum: string, day: string) => `Payé en trop et remboursé le ${day} : ${sum}.`,
      claim: 'J’ai été débité deux fois',
    },
    pending: {
      title: 'Nous attendons la confirmation.',
      text: 'Si vous avez validé sur votre téléphone, ne payez pas une seconde fois : la confirmation peut prendre quelques minutes. Cette page se met à jour toute seule.',
      done: 'Vous avez déjà validé sur votre téléphone ? La confirmation peut prendre quelques minutes. Cette page se met à jour toute seule.',
      continue: 'Continuer vers la page de paiement',
      lost: 'La page de paiement est perdue ?',
      retryText: 'Nous vérifions d’abord que rien n’a été payé.',
      help: 'Que se passe-t-il sur mon téléphone\u00A0?',
      helpOthers: 'Avec un autre opérateur',
      waiting: {
        pay: {
          happens: 'CinetPay attend que vous payiez.',
          todo: 'Continuez vers la page de paiement, choisissez votre opérateur et suivez les étapes.',
        },
        validate: {
          happens: 'Votre opérateur attend votre accord.',
          todo: 'Regardez votre téléphone : une demande est arrivée. Tapez votre code secret pour accepter. Rien ne s’affiche ? Ouvrez le menu de votre opérateur et cherchez les paiements en attente.',
        },
        code: {
          happens: 'CinetPay attend le code à usage unique.',
          todo: 'Composez le numéro indiqué sur la page de paiement, lisez le code reçu, puis tapez-le sur cette page.',
        },
        bank: {
          happens: 'Votre banque attend votre accord.',
          todo: 'Acceptez dans l’application de votre banque, ou tapez le code reçu par SMS.',
        },
        operator: {
          happens: 'Votre opérateur répond mal en ce moment.',
          todo: 'Ne payez pas une seconde fois : nous continuons à vérifier. Si rien n’est débité d’ici une heure, essayez avec un autre opérateur.',
        },
        pending: {
          happens: 'Votre opérateur traite le paiement.',
          todo: 'Si votre téléphone vous demande d’accepter, faites-le ; sinon, attendez quelques minutes.',
        },
      } satisfies Record<WaitingReason, Todo> as Record<WaitingReason, Todo>,
      notDebited: 'Je n’ai pas été débité, je veux payer',
      look: 'Vérifier maintenant',
      seen: 'Vérifié à {heure}, toujours en attente.',
      changed: 'Il y a du nouveau. La page se recharge.',
      unseen: 'Pas de réponse\u00A0: le réseau manque peut-être. Nous vérifierons à nouveau.',
    },
    opening: {
      title: 'Nous ouvrons la page de paiement…',
      text: 'Cette page se met à jour toute seule dans quelques secondes.',
    },
    notOpened: {
      title: 'La page de paiement n’a pas pu s’ouvrir.',
      text: 'CinetPay ne l’a pas confirmée, et rien n’a été demandé à votre téléphone. Votre commande est enregistrée, et nous continuons à interroger CinetPay. Vous pouvez réessayer.',
      again:
        'CinetPay n’a pas confirmé ce nouvel essai, et il n’a rien demandé à votre téléphone. Si un essai d’avant a été débité, dites-le ici : le livre s’ouvre dès que CinetPay le confirme.',
    },
    away: {
      title: 'CinetPay ne répond pas en ce moment.',
      text: 'Rien n’a été débité : la page de paiement ne s’est pas ouverte. Votre commande est enregistrée, et nous continuons à interroger CinetPay. Réessayez dans quelques minutes, ou revenez plus tard à cette page.',
      again:
        'Cet essai n’a rien débité : la page de paiement ne s’est pas ouverte. Si un essai d’avant a été débité, dites-le ici : le livre s’ouvre dès que CinetPay le confirme.',
    },
    silent: {
      title: 'CinetPay ne répond pas en ce moment.',
      text: 'Si vous avez validé sur votre téléphone, ne payez pas une seconde fois : nous continuons à vérifier, et le livre s’ouvre ici dès que CinetPay confirme. Si vous n’avez rien validé, rien n’a été débité.',
    },
    denied: {
      title: 'La boutique ne peut pas encaisser en ce moment.',
      text: 'Rien n’a été débité. Cela ne vient pas de vous, et la boutique est prévenue. Votre commande est enregistrée : revenez plus tard sur cette page pour la payer.',
      again:
        'Cet essai n’a rien débité. Cela ne vient pas de vous, et la boutique est prévenue. Si un essai d’avant a été débité, le livre s’ouvre ici dès que CinetPay le confirme ; sinon, revenez plus tard pour payer.',
    },
    failed: {
      title: 'Le paiement n’a pas abouti.',
      why: {
        balance: 'Le solde de votre compte n’est pas suffisant.',
        code: 'Le code saisi n’était pas le bon.',
        'code-expired': 'Le code à usage unique n’était plus valable.',
        cancelled: 'Le paiement a été annulé.',
        limit: 'Votre opérateur a fixé une limite que ce paiement dépasse.',
        number: 'Votre opérateur ne reconnaît pas ce numéro.',
        blocked: 'Votre opérateur a bloqué ce numéro.',
        expired: 'Le délai pour payer est dépassé.',
        other: 'CinetPay n’a pas accepté ce paiement.',
      } satisfies Record<RefusalReason, string> as Record<RefusalReason, string>,
      todo: {
        balance: 'Rechargez votre compte, ou choisissez un autre opérateur, puis réessayez.',
        code: 'Réessayez, en tapant le code avec soin. Si vous venez de payer la même somme avec ce numéro, attendez quelques minutes.',
        'code-expired':
          'Réessayez, demandez un nouveau code, et tapez-le tout de suite : il ne vaut que quelques minutes.',
        cancelled: 'Si vous ne l’avez pas voulu, réessayez.',
        limit:
          'Réessayez demain, ou avec un autre opérateur. Le service client de votre opérateur peut vous dire la limite.',
        number: 'Réessayez avec un numéro qui a un compte Mobile Money actif.',
        blocked:
          'Réessayez avec un autre numéro, ou demandez à votre opérateur pourquoi celui-ci est bloqué.',
        expired: 'Réessayez, et validez sur votre téléphone dans les minutes qui suivent.',
        other: 'Réessayez dans quelques minutes, ou avec un autre opérateur.',
      } satisfies Record<RefusalReason, string> as Record<RefusalReason, string>,
      text: 'Si votre compte a été débité malgré tout, attendez quelques minutes : le livre s’ouvrira ici tout seul. Sinon, vous pouvez essayer de nouveau.',
    },
    expired: {
      title: 'Cette commande n’a pas été payée à temps.',
      text: 'Vous pouvez la payer maintenant. Votre compte a déjà été débité ? Dites-le ici : le livre s’ouvre dès que CinetPay le confirme.',
    },
    review: {
      title: 'Votre paiement doit être vérifié par une personne.',
      text: 'Le montant reçu n’est pas celui de la commande. Gardez cette page, donnez le code de la commande à la boutique, et ne payez pas une seconde fois.',
    },
    returned: {
      title: 'Ce paiement a été écarté.',
      text: 'Son montant n’était pas celui de la commande, et la boutique s’en est occupée. Vous pouvez payer la commande maintenant.',
    },
    refunded: {
      title: 'Cette commande a été remboursée.',
      text: 'Le livre n’est plus accessible par cette page.',
    },
    revoked: {
      title: 'L’accès à ce livre a été fermé.',
      text: 'Si c’est une erreur, donnez le code de la commande à la boutique.',
    },
    card: {
      title: 'Votre commande',
      text: (shop: string) => `Cette page de ${shop} est réservée à la personne qui a commandé.`,
      open: 'Ouvrir ma commande',
    },
    digits: {
      title: 'C’est bien vous ?',
      text: 'Ce lien a déjà été ouvert sur plusieurs appareils. Pour protéger votre livre, écrivez les quatre derniers chiffres du téléphone donné en achetant. Nous ne vous le demanderons plus sur cet appareil.',
      label: 'Les quatre derniers chiffres',
      open: 'Ouvrir',
      wrong: 'Ce ne sont pas les derniers chiffres de ce téléphone.',
      wait: (minutes: number) =>
        `Trop d’essais. Attendez ${plural(minutes, 'minute', 'minutes')}, ou ouvrez tout de suite avec votre téléphone et le code de la commande.`,
    },
    debited: 'J’ai été débité',
    case: {
      title: 'Nous avons prévenu la boutique.',
      text: (code: string) =>
        `Gardez cette page : votre code est ${code}. Nous continuons à interroger CinetPay pendant 30 jours, et le livre s’ouvre ici dès qu’il confirme. Ne payez pas une seconde fois.`,
      review: (code: string) =>
        `Votre code est ${code}. CinetPay a confirmé un autre montant que celui de la commande : une personne vérifie, puis vous donne le livre ou vous rend l’argent. Ne payez pas une seconde fois.`,
      closed: (at: string, code: string) =>
        `La boutique a étudié votre réclamation du ${at} : CinetPay ne confirme aucun paiement. Si l’argent n’est pas revenu sur votre téléphone, écrivez à la boutique : votre code est ${code}.`,
      twice: (code: string) =>
        `Votre code est ${code}. La boutique vérifie ce qui a été débité, et rembourse ce qui a été payé en trop.`,
      whatsapp: 'Écrire à la boutique sur WhatsApp',
      message: (code: string) =>
        `Bonjour, j’ai été débité pour la commande ${code} et je n’ai pas encore le livre.`,
      messageTwice: (code: string) =>
        `Bonjour, j’ai été débité deux fois pour la commande ${code}.`,
    },
    retry: (price: string) => `Réessayer de payer ${price}`,
    back: 'Revenir au livre',
    backToOrder: 'Revenir à la commande',
    demonstrationOver: {
      title: 'Cette commande était un essai.',
      text: 'Elle a été faite pendant un essai de la boutique : aucun argent n’a circulé, et le livre n’est plus disponible.',
    },
  },
  file: {
    light: 'Édition légère',
    lightText: 'Le même livre, moins lourd : moins de données et moins d’attente.',
    lightToo: (weight: string) => `Édition légère comprise : ${weight}`,
    resume: {
      go: 'Reprendre le téléchargement',
      text: (percent: number) =>
        `Un téléchargement a commencé (${percent}\u00A0% envoyé). S’il s’est arrêté, ouvrez les téléchargements de votre téléphone et touchez « Reprendre » : il continue là où il s’est arrêté. Sinon, touchez ce bouton.`,
    },
    damaged: {
      title: 'Votre livre est en réparation.',
      text: [
        'Le fichier gardé par la boutique est abîmé. Nous ne voulons pas vous donner un livre abîmé.',
        'La boutique le voit et doit le remplacer. Votre achat reste à vous : il n’y a rien à repayer.',
        'Revenez à la page de votre commande dans quelques heures. Le livre sera là dès qu’il sera réparé.',
      ],
      short:
        'Ce fichier est en réparation. Votre achat reste à vous : revenez ici dans quelques heures.',
    },
    limit: {
      title: 'Est-ce bien vous ?',
      text: 'Ce livre a déjà été téléchargé en entier de nombreuses fois avec ce lien. Pour continuer, écrivez la fin du numéro donné à l’achat.',
      label: 'Les 4 derniers chiffres de votre téléphone',
      hint: 'Le numéro donné à l’achat. Exemple : 34 56',
      go: 'Continuer',
      faults: {
        'not-these': 'Ce ne sont pas les derniers chiffres du numéro de la commande. Vérifiez-les.',
        'too-many':
          'Trop d’essais. Attendez une heure, ou passez par « Retrouver mes livres », avec votre téléphone et le code de la commande.',
      },
      short:
        'Ce fichier a été téléchargé de nombreuses fois : nous vous demanderons la fin de votre numéro.',
    },
  },
  returned: {
    title: 'Retour de paiement',
    unknown:
      'Nous ne trouvons pas cette commande. Ouvrez le lien de votre commande, ou donnez son code à la boutique.',
    pending: 'Ce paiement est en attente de confirmation.',
    paid: 'Ce paiement est confirmé. Ouvrez le lien de votre commande pour recevoir le livre.',
    failed: 'Ce paiement n’a pas abouti.',
    expired: 'Ce paiement n’a pas été fait à temps.',
    review: 'Ce paiement doit être vérifié par une personne.',
    closed: 'Cette commande est fermée.',
  },
  faults: {
    400: ['Demande incompréhensible', 'Revenez à la page précédente et réessayez.'],
    403: [
      'Accès refusé',
      'Cette page ou cette action n’est pas permise d’ici. Revenez en arrière, ou reconnectez-vous.',
    ],
    404: ['Page introuvable', 'L’adresse n’existe pas, ou le livre n’est plus en vente.'],
    405: ['Action impossible ici', 'Revenez à la page précédente et réessayez.'],
    410: [
      'Ce livre n’est plus en vente',
      'La boutique l’a retiré. Vous l’avez acheté ? Il est toujours à vous : retrouvez-le avec votre numéro et le code de votre commande.',
    ],
    413: ['Trop long', 'Le message envoyé est trop long. Raccourcissez-le et réessayez.'],
    414: ['Adresse trop longue', 'L’adresse de cette page est trop longue.'],
    429: [
      'Un instant, s’il vous plaît',
      'Trop de paiements viennent d’être commencés pour cette commande. Attendez dix minutes et réessayez. Votre commande est enregistrée.',
    ],
    500: ['Une erreur de notre côté', 'Rien n’est perdu. Réessayez dans un instant.'],
    503: [
      'La boutique revient tout de suite',
      'Une partie de la boutique ne répond pas. Rien n’est perdu : réessayez dans une minute.',
    ],
    507: [
      'Le fichier n’a pas pu être enregistré',
      'L’espace où la boutique range ses fichiers est plein, ou elle n’a plus le droit d’y écrire. Rien de ce qui était là n’est perdu. Libérez de la place chez l’hébergeur, ou rendez à la boutique le droit d’écrire dans le dossier (ou le bucket) : le diagnostic du bureau dit ce qui manque.',
    ],
  } satisfies Record<number, [string, string]> as Record<FaultStatus, [string, string]>,
  formats: {
    'application/pdf': 'PDF',
    'application/epub+zip': 'EPUB',
    'audio/mpeg': 'MP3',
    'audio/mp4': 'Livre audio (M4A)',
  } as Partial<Record<string, string>>,
  reference: (id: string) => `Référence : ${id}`,
}

/** What is happening, and what to do. */
type Todo = { happens: string; todo: string }

type AmountRule = { smallest: string; step: number; orNothing: boolean }

export type LegalPage = 'legalNotice' | 'terms' | 'privacy'

export const faultStatuses = [400, 403, 404, 405, 410, 413, 414, 429, 500, 503, 507] as const
export type FaultStatus = (typeof faultStatuses)[number]

export type Words = typeof fr
