import { accepted } from '../../src/lib/accepted.ts'

/** The texts of the simulator's pages, in the language that the payment was opened with. */
export type Spoken = 'fr' | 'en'
export type InBoth = Readonly<Record<Spoken, string>>

/** A word that is the same in both languages. */
export const same = (word: string): InBoth => ({ fr: word, en: word })

export const spoken = (language: string): Spoken => (language === 'en' ? 'en' : 'fr')

/** For pages without a payment: the browser's preference. */
export const preferred = (acceptLanguage: string | undefined): Spoken =>
  spoken(
    accepted(acceptLanguage)
      .find((tag) => /^(?:fr|en)\b/.test(tag))
      ?.slice(0, 2) ?? 'fr',
  )

const fr = {
  banner: 'Simulateur CinetPay — aucun argent ne circule',
  name: 'Simulateur CinetPay',
  pay: {
    title: 'Payer',
    heading: 'Paiement à simuler',
    phone: 'Numéro de téléphone (facultatif)',
    go: 'Payer',
    again: 'Réessayer',
    later: '« Accepter plus tard » : le paiement est accepté après 20 secondes.',
    more: 'Autres issues',
    mayTryAgain: 'Le client peut réessayer sur cette page.',
    promised: (time: string) => `Acceptation promise pour ${time} (heure UTC).`,
    operator: 'Opérateur',
    faults: 'Pannes à essayer',
    fault: 'Panne de ce paiement',
    none: 'Aucune',
  },
  deeds: {
    balance: 'Solde insuffisant',
    code: 'Code erroné',
    fail: 'Échec de l’opérateur',
    cancel: 'Annuler',
    wait: 'Laisser en attente',
    later: 'Accepter plus tard',
  },
  back: {
    title: 'Retour à la boutique',
    heading: 'Retour à la boutique…',
    go: 'Retourner à la boutique',
    never: 'Panne choisie : le navigateur ne revient pas à la boutique.',
  },
  closed: {
    title: 'Fenêtre fermée',
    heading: 'Le client a fermé la fenêtre',
    page: 'Revoir la page de paiement',
  },
  refused: 'Paiement refusé',
  paid: {
    title: 'Déjà payé',
    text: 'Ce paiement est accepté ; il ne peut plus changer.',
    fault: (name: string) => `Panne en cours : ${name}.`,
    mend: 'Réparer la panne',
  },
  missing: {
    title: 'Page inconnue',
    text: 'Ce paiement n’existe pas, ou plus, dans le simulateur.',
    about: 'À propos du simulateur',
  },
  reasons: {
    '600': 'L’opérateur a refusé',
    '602': 'Le solde est insuffisant',
    '604': 'Le code est erroné',
    '627': 'Le client a annulé',
  } as Record<string, string>,
  about: {
    title: 'À propos',
    text: 'Il joue le rôle de CinetPay pour essayer une boutique, du bouton « Acheter » jusqu’au livre. Il n’a aucun lien avec la société CinetPay.',
    newer: 'Avec des clés de la nouvelle API, la boutique appelle',
    older: 'Avec des clés de Checkout v2, elle appelle',
    then: 'puis',
    faults: 'Pannes d’un paiement',
    cut: (amount: number) =>
      `À la création, c’est le montant qui choisit : pour un livre à ${amount}, la demande est lue et gardée, la ligne est coupée avant la réponse, et la même demande une seconde fois est refusée.`,
    others: 'Les autres se choisissent sur la page de chaque paiement.',
    api: 'Pannes de l’API',
    apiText:
      'De la nouvelle API, pour tous les paiements, tant qu’elles sont choisies. Choisir la forme d’un refus de jeton rend inconnus les jetons déjà donnés.',
    usual: 'Comme d’habitude',
    listed: 'Adresses de la liste, séparées par des espaces',
    save: 'Enregistrer',
  },
  problems: {
    deed: 'Choisissez un bouton de cette page.',
    operator: (currency: string) => `Choisissez un opérateur qui sert la devise ${currency}.`,
    phone: 'Le numéro doit avoir de 6 à 15 chiffres.',
    choose: 'Choisissez une panne de la liste.',
    text: (name: string) => `« ${name} » doit être un texte.`,
    fault: (name: string) => `« ${name} » n’est pas une panne de l’API.`,
    choice: (value: string, name: string) => `« ${value} » n’est pas un choix de « ${name} ».`,
  },
}

const en: typeof fr = {
  banner: 'CinetPay simulator — no money moves',
  name: 'CinetPay simulator',
  pay: {
    title: 'Pay',
    heading: 'A payment to play',
    phone: 'Phone number (optional)',
    go: 'Pay',
    again: 'Try again',
    later: '“Accept later”: the payment is accepted after 20 seconds.',
    more: 'Other outcomes',
    mayTryAgain: 'The customer may try again on this page.',
    promised: (time) => `Acceptance promised for ${time} (UTC).`,
    operator: 'Operator',
    faults: 'Faults to try',
    fault: 'Fault of this payment',
    none: 'None',
  },
  deeds: {
    balance: 'Insufficient balance',
    code: 'Wrong code',
    fail: 'The operator fails',
    cancel: 'Cancel',
    wait: 'Leave pending',
    later: 'Accept later',
  },
  back: {
    title: 'Back to the shop',
    heading: 'Back to the shop…',
    go: 'Return to the shop',
    never: 'Chosen fault: the browser does not come back to the shop.',
  },
  closed: {
    title: 'Window closed',
    heading: 'The customer closed the window',
    page: 'See the payment page again',
  },
  refused: 'Payment refused',
  paid: {
    title: 'Already paid',
    text: 'This payment is accepted; it cannot change any more.',
    fault: (name) => `Fault at work: ${name}.`,
    mend: 'End the fault',
  },
  missing: {
    title: 'Unknown page',
    text: 'This payment does not exist in the simulator, or no longer.',
    about: 'About the simulator',
  },
  reasons: {
    '600': 'The operator refused',
    '602': 'The balance is insufficient',
    '604': 'The code is wrong',
    '627': 'The customer cancelled',
  },
  about: {
    title: 'About',
    text: 'It plays CinetPay to try a shop, from the button “Buy” to the book. It has no link with the company CinetPay.',
    newer: 'With keys of the newer API, the shop calls',
    older: 'With keys of Checkout v2, it calls',
    then: 'then',
    faults: 'Faults of a payment',
    cut: (amount) =>
      `At the creation, the amount chooses: for a book at ${amount}, the request is read and kept, the line is cut before the answer, and the same request a second time is refused.`,
    others: 'The others are chosen on the page of each payment.',
    api: 'Faults of the API',
    apiText:
      'Of the newer API, for all payments, for as long as they are chosen. Choosing the shape of a token’s refusal makes the tokens given so far unknown.',
    usual: 'As usual',
    listed: 'Addresses of the list, separated by spaces',
    save: 'Save',
  },
  problems: {
    deed: 'Choose a button of this page.',
    operator: (currency) => `Choose an operator that serves the currency ${currency}.`,
    phone: 'The number must have 6 to 15 digits.',
    choose: 'Choose a fault of the list.',
    text: (name) => `“${name}” must be a text.`,
    fault: (name) => `“${name}” is no fault of the API.`,
    choice: (value, name) => `“${value}” is no choice of “${name}”.`,
  },
}

export const wordsOf = (language: Spoken) => ({ fr, en })[language]
