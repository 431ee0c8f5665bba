import { MEANS, meansName } from '../../money/means.ts'
import type { Means } from '../../money/means.ts'
import { deskDictionary } from '../../words/words.ts'
import type { SettingsGroup } from './form.ts'

type FieldWords = Record<
  string,
  { label: string; hint?: string; options?: Readonly<Record<string, string>> }
>

const hours = (label: (hour: number) => string) =>
  Object.fromEntries(Array.from({ length: 24 }, (_, hour) => [String(hour), label(hour)]))

/** The field of the fee for one means of payment. */
export const rateField = (means: Means) => `rate-${means}`

const ratesOf = (label: (name: string) => string): FieldWords =>
  Object.fromEntries(MEANS.map((means) => [rateField(means), { label: label(meansName(means)) }]))

/** The settings, section by section. */
const fr = {
  title: 'Réglages',
  lead: 'Ce que voient vos acheteurs, et ce que la boutique fait toute seule.',
  all: 'Tous les réglages',
  groups: {
    shop: 'Boutique',
    payments: 'Paiements',
    messages: 'Messages',
    data: 'Données',
    technical: 'Technique',
  } satisfies Record<SettingsGroup, string>,
  see: (page: string) => `Voir la page « ${page} »`,
  never: 'Pas encore réglé',
  incomplete: 'À compléter',
  incompleteIdentity: (missing: string) =>
    `Il manque : ${missing}. La loi demande de dire qui vend. La boutique marche quand même, et rien ne s’affiche en public à ce sujet.`,
  logo: 'Le logo, devant le nom de la boutique',
  start: { title: 'Premiers pas', lead: 'Ouvrir la boutique, pas à pas.' },
  cinetpay: {
    title: 'CinetPay',
    lead: 'Voir si les clés répondent, et l’adresse à donner à CinetPay.',
  },
  version: {
    title: 'Version et tâche planifiée',
    lead: 'Mettre à jour, revenir en arrière, et la ligne de la tâche planifiée (cron).',
  },
  theirs: (name: string) => `Ce que ${name} a enregistré`,
  empty: '(vide)',
  somebody: 'Une autre personne',
  preview: 'Aperçu',
  tryAlert: 'Envoyer un essai',
  trial: {
    title: 'Essai',
    text: 'Les alertes de votre boutique arrivent ici.',
    sent: 'L’essai est parti. S’il est arrivé sur votre téléphone, enregistrez.',
    later:
      'L’essai n’est pas parti : le service ne répond pas. Réessayez dans une minute ; si cela continue, vérifiez l’adresse.',
    refused:
      'L’essai n’est pas parti : le service refuse cette adresse. Vérifiez-la, puis réessayez.',
  },
  previewTitle: 'Aperçu, avec un exemple',
  reset: 'Remettre le texte d’origine',
  resetDone:
    'Le texte d’origine est remis dans la page. Il n’est pas encore enregistré : vérifiez, puis enregistrez.',
  asConfigured: (country: string) => `Comme à l’installation : ${country}`,
  placeholders:
    'Les mots entre accolades sont remplacés : {nom} par le nom de l’acheteur, {livre} par le titre, {code} par le code de la commande, {lien} par l’adresse de sa page.',
  sample: { nom: 'Awa Traoré', livre: 'Le titre du livre' },
  sections: {
    boutique: {
      title: 'La boutique',
      lead: 'Le nom, et comment vous joindre.',
      fields: {
        name: { label: 'Nom de la boutique', hint: 'En haut de chaque page.' },
        tagline: {
          label: 'Une phrase qui la présente',
          hint: 'Facultatif. Sous le titre de la page d’accueil.',
        },
        country: {
          label: 'Pays',
          hint: 'Le pays proposé d’abord à l’acheteur, et celui dont les conditions de vente citent la loi.',
        },
        whatsapp: {
          label: 'Numéro WhatsApp',
          hint: 'Facultatif. Vos acheteurs pourront vous écrire depuis leur commande.',
        },
        email: { label: 'E-mail', hint: 'Facultatif.' },
      } as FieldWords,
    },
    apparence: {
      title: 'Apparence',
      lead: 'La couleur de la boutique, et son logo.',
      fields: {
        colour: {
          label: 'Couleur de la boutique',
          hint: 'C’est celle de l’auvent, des boutons et des liens. Elle est foncée ou éclaircie là où il faut, pour rester lisible de jour comme de nuit.',
        },
      } as FieldWords,
    },
    identite: {
      title: 'Identité légale',
      lead: 'Qui vend. Les pages légales sont faites à partir d’ici.',
      fields: {
        seller: { label: 'Nom du vendeur', hint: 'Votre nom, ou celui de l’entreprise.' },
        address: { label: 'Adresse' },
        phone: { label: 'Téléphone' },
        email: { label: 'E-mail', hint: 'Vide : celui de la boutique.' },
        registration: {
          label: 'Immatriculation',
          hint: 'Facultatif. RCCM, NIF, NINEA… selon votre pays.',
        },
        host: {
          label: 'Hébergeur',
          hint: 'Le nom et l’adresse de la société qui héberge le site.',
        },
      } as FieldWords,
    },
    pages: {
      title: 'Pages légales',
      lead: 'Mentions légales, conditions de vente, confidentialité.',
      note: 'Laissez vide pour garder la page faite par la boutique. Sinon, votre texte prend sa place. Une ligne vide sépare deux paragraphes ; « ## » commence un titre ; « - » commence une liste.',
      fields: {
        notice: { label: 'Mentions légales, avec vos mots' },
        terms: { label: 'Conditions de vente, avec vos mots' },
        privacy: { label: 'Confidentialité, avec vos mots' },
      } as FieldWords,
    },
    messages: {
      title: 'Messages aux acheteurs',
      lead: 'L’e-mail et le message WhatsApp qui donnent le livre, et la relance.',
      fields: {
        emailSubject: { label: 'Objet de l’e-mail' },
        emailBody: { label: 'Texte de l’e-mail' },
        whatsapp: { label: 'Message WhatsApp' },
        reminder: {
          label: 'Relance WhatsApp',
          hint: 'Pour une commande restée sans paiement. Rien ne part tout seul : vous l’envoyez depuis la page « À relancer ».',
        },
      } as FieldWords,
    },
    aides: {
      title: 'Explications de paiement',
      lead: 'Ce qui se passe sur le téléphone, par opérateur.',
      fields: {
        orange: { label: 'Orange Money' },
        wave: { label: 'Wave' },
        mtn: { label: 'MTN MoMo' },
        moov: { label: 'Moov Money' },
      } as FieldWords,
    },
    alertes: {
      title: 'Alertes sur votre téléphone',
      lead: 'Un paiement à vérifier, un acheteur débité, un fichier abîmé.',
      fields: {
        push: {
          label: 'Adresse ntfy ou Telegram',
          hint: 'Remplie par les étapes ci-dessus. Avec l’application ntfy : https://ntfy.sh/ suivi d’un nom difficile à deviner. Avec un robot Telegram : https://api.telegram.org/bot…/sendMessage?chat_id=…',
        },
      } as FieldWords,
    },
    ventes: {
      title: 'Être prévenu des ventes',
      lead: 'À chaque vente, par un bilan le soir, ou pas du tout.',
      fields: {
        sales: {
          label: 'Quand vous prévenir ?',
          hint: 'Sur le téléphone des alertes et à l’e-mail de la boutique, selon ce que vous avez réglé. Le titre, le montant, le moyen de paiement ; jamais l’acheteur. Les ventes rapprochées sont regroupées ; les livres gratuits ne sont comptés que le soir.',
          options: {
            none: 'Ne pas me prévenir',
            each: 'Me prévenir à chaque vente',
            evening: 'M’envoyer le bilan chaque soir',
          },
        },
        salesHour: {
          label: 'Le soir, à',
          hint: 'À l’heure du pays de la boutique.',
          options: hours((hour) => `${hour} h`),
        },
      } as FieldWords,
    },
    frais: {
      title: 'Frais de CinetPay',
      lead: 'Pour calculer ce qui vous reste.',
      fields: {
        rate: {
          label: 'Part gardée par CinetPay, en %',
          hint: 'Elle est dans votre contrat. Exemple : 3,5. Elle compte pour tout ce qui n’a pas son propre taux ci-dessous.',
        },
        ...ratesOf((name) => `${name}, en %`),
      } as FieldWords,
    },
    conservation: {
      title: 'Durée de conservation',
      lead: 'Quand oublier ceux qui n’ont pas payé.',
      fields: {
        unpaidDays: {
          label: 'Jours avant d’effacer la personne d’une commande jamais payée',
          hint: 'Son nom, son numéro et son e-mail. 0 : jamais. La loi demande de ne pas garder plus que nécessaire ; 30 jours conviennent.',
        },
      } as FieldWords,
    },
    telechargements: {
      title: 'Téléchargements',
      lead: 'Combien de copies avant de demander qui télécharge.',
      fields: {
        copies: {
          label: 'Copies complètes d’un fichier, pour une commande',
          hint: 'Ensuite, la page demande la fin du téléphone de l’acheteur, et il continue. Une copie coupée ne compte pas. 0 : ne jamais demander.',
        },
      } as FieldWords,
    },
  },
  privacy: {
    title: 'Vie privée',
    lead: 'Donner à une personne ce que vous avez sur elle, ou l’effacer.',
  },
  errors: {
    required: (max: number) => `Écrivez quelque chose ici (${max} caractères au plus).`,
    long: (max: number) => `C’est trop long : ${max} caractères au plus.`,
    email: 'Cette adresse e-mail ne semble pas valide. Corrigez-la ou laissez vide.',
    country: 'Choisissez un pays de la liste.',
    choice: 'Choisissez une réponse de la liste.',
    colour: 'Choisissez une couleur, ou écrivez-la ainsi : #9a3b17.',
    link: 'Gardez {lien} dans ce texte : sans lui, l’acheteur n’a pas son livre.',
    unknown: (names: string) =>
      `La boutique ne connaît pas ${names}. Utilisez {nom}, {livre}, {code} ou {lien}.`,
    rate: 'Écrivez un nombre de 0 à 50, avec deux chiffres au plus après la virgule. Exemple : 3,5',
    days: 'Écrivez un nombre de jours, de 0 à 3650.',
    copies: 'Écrivez un nombre de copies, de 0 à 10000.',
    push: 'Cette adresse n’est ni d’un sujet ntfy (https://ntfy.sh/un-nom), ni d’un robot Telegram (https://api.telegram.org/bot…/sendMessage?chat_id=…). Corrigez-la ou laissez vide.',
  },
}

export type SettingsWords = typeof fr

const en: SettingsWords = {
  title: 'Settings',
  lead: 'What your buyers see, and what the shop does by itself.',
  all: 'All settings',
  groups: {
    shop: 'Shop',
    payments: 'Payments',
    messages: 'Messages',
    data: 'Data',
    technical: 'Technical',
  },
  see: (page) => `See the page “${page}”`,
  never: 'Not set yet',
  incomplete: 'To complete',
  incompleteIdentity: (missing) =>
    `Missing: ${missing}. The law asks you to say who sells. The shop works all the same, and nothing is shown in public about this.`,
  logo: 'The logo, before the shop’s name',
  start: { title: 'First steps', lead: 'Open the shop, step by step.' },
  cinetpay: {
    title: 'CinetPay',
    lead: 'See whether the keys answer, and the address to give to CinetPay.',
  },
  version: {
    title: 'Version and scheduled task',
    lead: 'Update, go back, and the line of the scheduled task (cron).',
  },
  theirs: (name) => `What ${name} saved`,
  empty: '(empty)',
  somebody: 'Somebody else',
  preview: 'Preview',
  tryAlert: 'Send a test',
  trial: {
    title: 'Test',
    text: 'The alerts of your shop arrive here.',
    sent: 'The test was sent. If it arrived on your phone, save.',
    later:
      'The test could not be sent: the service does not answer. Try again in a minute; if that goes on, check the address.',
    refused:
      'The test could not be sent: the service refuses this address. Check it, then try again.',
  },
  previewTitle: 'Preview, with an example',
  reset: 'Put the original text back',
  resetDone: 'The original text is back on the page. It is not saved yet: check it, then save.',
  asConfigured: (country) => `As installed: ${country}`,
  placeholders:
    'The words in braces are replaced: {nom} by the buyer’s name, {livre} by the title, {code} by the code of the order, {lien} by the address of its page.',
  sample: { nom: 'Awa Traoré', livre: 'The title of the book' },
  sections: {
    boutique: {
      title: 'The shop',
      lead: 'The name, and how to reach you.',
      fields: {
        name: { label: 'Name of the shop', hint: 'At the top of every page.' },
        tagline: {
          label: 'A sentence that presents it',
          hint: 'Optional. Under the title of the home page.',
        },
        country: {
          label: 'Country',
          hint: 'The country that buyers are offered first, and whose law is named.',
        },
        whatsapp: {
          label: 'WhatsApp number',
          hint: 'Optional. Buyers can write to you from their order.',
        },
        email: { label: 'E-mail', hint: 'Optional.' },
      },
    },
    apparence: {
      title: 'Look',
      lead: 'The colour of the shop, and its logo.',
      fields: {
        colour: {
          label: 'Colour of the shop',
          hint: 'It is that of the awning, the buttons and the links. It is made darker or lighter where it must be, to stay readable by day and by night.',
        },
      },
    },
    identite: {
      title: 'Legal identity',
      lead: 'Who sells. The legal pages are made from here.',
      fields: {
        seller: { label: 'Name of the seller', hint: 'Your name, or that of the company.' },
        address: { label: 'Address' },
        phone: { label: 'Phone' },
        email: { label: 'E-mail', hint: 'Empty: that of the shop.' },
        registration: {
          label: 'Registration',
          hint: 'Optional. RCCM, NIF, NINEA… as your country calls it.',
        },
        host: { label: 'Host', hint: 'Name and address of the company that hosts the site.' },
      },
    },
    pages: {
      title: 'Legal pages',
      lead: 'Legal notice, terms of sale, privacy.',
      note: 'Leave empty to keep the page made by the shop. Otherwise your text takes its place. An empty line separates two paragraphs; “##” starts a heading; “-” starts a list.',
      fields: {
        notice: { label: 'Legal notice, in your words' },
        terms: { label: 'Terms of sale, in your words' },
        privacy: { label: 'Privacy, in your words' },
      },
    },
    messages: {
      title: 'Messages to buyers',
      lead: 'The e-mail and the WhatsApp message that give the book, and the reminder.',
      fields: {
        emailSubject: { label: 'Subject of the e-mail' },
        emailBody: { label: 'Text of the e-mail' },
        whatsapp: { label: 'WhatsApp message' },
        reminder: {
          label: 'WhatsApp reminder',
          hint: 'For an order that was left unpaid. Nothing leaves by itself: you send it from the page “To follow up”.',
        },
      },
    },
    aides: {
      title: 'Help for paying',
      lead: 'What happens on the phone, by operator.',
      fields: {
        orange: { label: 'Orange Money' },
        wave: { label: 'Wave' },
        mtn: { label: 'MTN MoMo' },
        moov: { label: 'Moov Money' },
      },
    },
    alertes: {
      title: 'Alerts on your phone',
      lead: 'A payment to check, a buyer who was debited, a damaged file.',
      fields: {
        push: {
          label: 'Address of ntfy or Telegram',
          hint: 'Filled in by the steps above. With the ntfy app: https://ntfy.sh/ and a name that is hard to guess. With a Telegram bot: https://api.telegram.org/bot…/sendMessage?chat_id=…',
        },
      },
    },
    ventes: {
      title: 'Sale notifications',
      lead: 'At each sale, in an evening summary, or not at all.',
      fields: {
        sales: {
          label: 'When to notify you',
          hint: 'On the phone of the alerts and at the shop’s e-mail, where you have set them. Title, amount, means of payment; never the buyer. Sales in quick succession are grouped; free books are counted in the evening only.',
          options: {
            none: 'Do not notify me',
            each: 'Notify me of each sale',
            evening: 'Send me a summary every evening',
          },
        },
        salesHour: {
          label: 'In the evening, at',
          hint: 'By the clocks of the shop’s country.',
          options: hours((hour) => `${hour}:00`),
        },
      },
    },
    frais: {
      title: 'CinetPay’s fee',
      lead: 'To work out what is left for you.',
      fields: {
        rate: {
          label: 'Share kept by CinetPay, in %',
          hint: 'It is in your contract. Example: 3.5. It counts for whatever has no rate of its own below.',
        },
        ...ratesOf((name) => `${name}, in %`),
      },
    },
    conservation: {
      title: 'How long things are kept',
      lead: 'When to forget those who did not pay.',
      fields: {
        unpaidDays: {
          label: 'Days before the person is erased from an order that was never paid',
          hint: 'Their name, number and e-mail. 0: never. The law asks to keep no more than needed; 30 days are fine.',
        },
      },
    },
    telechargements: {
      title: 'Downloads',
      lead: 'How many copies before asking who downloads.',
      fields: {
        copies: {
          label: 'Complete copies of a file, for one order',
          hint: 'After that, the page asks for the end of the buyer’s phone number, and they go on. A copy that broke off does not count. 0: never ask.',
        },
      },
    },
  },
  privacy: {
    title: 'Privacy',
    lead: 'Give a person what you hold about them, or erase them.',
  },
  errors: {
    required: (max) => `Write something here (${max} characters at most).`,
    long: (max) => `This is too long: ${max} characters at most.`,
    email: 'This e-mail address does not look valid. Correct it or leave it empty.',
    country: 'Choose a country from the list.',
    choice: 'Choose an answer from the list.',
    colour: 'Choose a colour, or write it like this: #9a3b17.',
    link: 'Keep {lien} in this text: without it, the buyer does not get the book.',
    unknown: (names) => `The shop does not know ${names}. Use {nom}, {livre}, {code} or {lien}.`,
    rate: 'Write a number from 0 to 50, with two decimals at most. Example: 3.5',
    days: 'Write a number of days, from 0 to 3650.',
    copies: 'Write a number of copies, from 0 to 10000.',
    push: 'This address is neither of a topic of ntfy (https://ntfy.sh/some-name), nor of a Telegram bot (https://api.telegram.org/bot…/sendMessage?chat_id=…). Correct it or leave it empty.',
  },
}

export const settingsWords = deskDictionary<SettingsWords>({ fr, en })

export type Slug = keyof SettingsWords['sections']
