import type { ErasureReason } from '../../data/people/erasure.ts'
import { deskDictionary } from '../../words/words.ts'

const casesFr = (count: number) => `${count} réclamation${count > 1 ? 's' : ''}`
const casesEn = (count: number) => `${count} claim${count > 1 ? 's' : ''}`

const fr = {
  title: 'Vie privée',
  lead: 'Une personne peut demander à voir ce que vous avez sur elle, à en recevoir une copie, ou à être effacée. Répondez dans le mois.',
  sought: 'Téléphone ou e-mail de la personne',
  soughtHint: 'Exemple : 76 12 34 56, ou awa@example.com. La recherche ne laisse aucune trace.',
  search: 'Chercher',
  soughtError: 'Écrivez un numéro complet ou une adresse e-mail.',
  nobody: (sought: string) => `Rien n’est connu de ${sought}.`,
  found: (count: number, sought: string) =>
    count === 1 ? `Une commande de ${sought}` : `${count} commandes de ${sought}`,
  foundDisputes: (count: number, sought: string) => `${casesFr(count)} de ${sought}, sans commande`,
  known: {
    names: 'Noms donnés',
    phones: 'Téléphones',
    emails: 'E-mails',
    notes: 'Notes de la boutique',
    cases: 'Réclamations (« J’ai été débité »)',
  },
  none: 'aucun',
  also: (other: string) => `Chercher aussi ${other}`,
  alsoLead: 'D’autres commandes portent les mêmes coordonnées. C’est peut-être la même personne :',
  orders: 'Ses commandes',
  exportTitle: 'Donner une copie',
  exportText:
    'Un fichier avec tout ce que la boutique a sur cette personne : commandes, paiements, avis de CinetPay, événements, notes. Envoyez-le à ce numéro ou à cette adresse, et à aucun autre : connaître un numéro ne prouve pas qu’il est à soi. Vérifiez les noms : un numéro a pu être tapé par quelqu’un d’autre.',
  export: 'Télécharger le fichier',
  eraseTitle: 'Effacer la personne',
  eraseText: [
    'Son nom, son numéro, son e-mail et vos notes disparaissent pour toujours, partout dans la boutique. Si elle a demandé qu’on ne lui écrive plus, ce souhait reste, sans son numéro.',
    'Les comptes restent : montants, dates, codes, numéros de transaction, références des opérateurs.',
    'Elle perd la page de ses commandes et ne pourra plus télécharger ses livres. Écrivez-lui d’abord, à ce numéro ou à cette adresse, et attendez sa réponse : un autre peut demander en son nom.',
    'Les sauvegardes de la nuit d’avant la gardent encore, quatre semaines au plus. Si vous en remettez une dans cette boutique, la personne est effacée à nouveau.',
    'Une valise faite avant et gardée chez vous la contient toujours : effacez ces fichiers, et faites-en une nouvelle. Ouverte chez un autre hébergeur, l’ancienne la ramènerait.',
  ],
  open: 'Un paiement est encore en attente sur une de ces commandes. S’il aboutit après l’effacement, il sera compté, et vous retrouverez la commande par son code.',
  why: 'Pourquoi',
  whyChoose: 'Choisissez',
  reasons: {
    asked: 'Elle le demande',
    mistake: 'Ces coordonnées ne sont pas les siennes',
    authority: 'Une autorité le demande',
  } satisfies Record<ErasureReason, string> as Record<ErasureReason, string>,
  confirm: 'Tapez EFFACER pour confirmer',
  confirmWord: 'EFFACER',
  erase: 'Effacer pour toujours',
  errors: {
    why: 'Choisissez la raison.',
    confirm: 'Tapez le mot EFFACER, en entier.',
  },
  erased: (orders: number) =>
    orders === 1
      ? 'C’est fait. La personne est effacée d’une commande.'
      : `C’est fait. La personne est effacée de ${orders} commandes.`,
  erasedWithoutOrder: 'C’est fait. Ce que la personne avait dit d’un débit est effacé.',
  nothingErased: 'Il n’y avait plus rien à effacer.',
  journal: 'Effacements faits',
  ordersCount: (orders: number) => `${orders} commande${orders > 1 ? 's' : ''}`,
  casesCount: (cases: number) => casesFr(cases),
  journalLine: (date: string, by: string, what: string, why: string) =>
    `${date} · ${by} · ${what} · ${why.toLowerCase()}`,
  journalNote:
    'Ce journal prouve que vous avez répondu ; il ne dit pas qui a été effacé. Pensez aussi à vos propres copies : messages WhatsApp, e-mails, fichiers exportés, sauvegardes.',
}

type PrivacyWords = typeof fr

const en: PrivacyWords = {
  title: 'Privacy',
  lead: 'A person can ask to see what you hold about them, to receive a copy, or to be erased. Answer within a month.',
  sought: 'Phone or e-mail of the person',
  soughtHint: 'Example: 76 12 34 56, or awa@example.com. The search leaves no trace.',
  search: 'Search',
  soughtError: 'Enter a complete number or an e-mail address.',
  nobody: (sought) => `Nothing is known of ${sought}.`,
  found: (count, sought) =>
    count === 1 ? `One order of ${sought}` : `${count} orders of ${sought}`,
  foundDisputes: (count, sought) => `${casesEn(count)} of ${sought}, without an order`,
  known: {
    names: 'Names given',
    phones: 'Phones',
    emails: 'E-mails',
    notes: 'Notes of the shop',
    cases: 'Claims (“I was debited”)',
  },
  none: 'none',
  also: (other) => `Search for ${other}, too`,
  alsoLead: 'Other orders have the same contact details. It may be the same person:',
  orders: 'Their orders',
  exportTitle: 'Give a copy',
  exportText:
    'A file with all that the shop holds about this person: orders, payments, CinetPay’s notices, events, notes. Send it to this number or address, and to no other: knowing a number does not prove that it is theirs. Check the names: somebody else may have typed the number.',
  export: 'Download the file',
  eraseTitle: 'Erase the person',
  eraseText: [
    'Their name, number, e-mail and your notes disappear for ever, everywhere in the shop. If they asked not to be written to, that wish stays, without their number.',
    'The accounts stay: amounts, dates, codes, transaction numbers, the operators’ references.',
    'They lose the page of their orders and can no longer download their books. Write to them first, to this number or address, and wait for the answer: somebody else may ask in their name.',
    'Nightly backups from before still hold them, for four weeks at most. If you put one back in this shop, the person is erased again.',
    'A suitcase that was made before, and that you keep, still holds them: delete those files, and make a new one. Unpacked at another host, the old one would bring them back.',
  ],
  open: 'A payment is still under way on one of these orders. If it succeeds after the erasure, it will be counted, and you will find the order by its code.',
  why: 'Why',
  whyChoose: 'Choose',
  reasons: {
    asked: 'They ask for it',
    mistake: 'These contact details are not theirs',
    authority: 'An authority asks for it',
  },
  confirm: 'Type ERASE to confirm',
  confirmWord: 'ERASE',
  erase: 'Erase for ever',
  errors: {
    why: 'Choose the reason.',
    confirm: 'Type the word ERASE, in full.',
  },
  erased: (orders) =>
    orders === 1
      ? 'Done. The person is erased from one order.'
      : `Done. The person is erased from ${orders} orders.`,
  erasedWithoutOrder: 'Done. What the person told of a debit is erased.',
  nothingErased: 'There was nothing left to erase.',
  journal: 'Erasures done',
  ordersCount: (orders) => `${orders} order${orders === 1 ? '' : 's'}`,
  casesCount: (cases) => casesEn(cases),
  journalLine: (date, by, what, why) => `${date} · ${by} · ${what} · ${why.toLowerCase()}`,
  journalNote:
    'This journal proves that you answered; it does not say who was erased. Think of your own copies, too: WhatsApp messages, e-mails, exported files, backups.',
}

export const privacyWords = deskDictionary<PrivacyWords>({ fr, en })
