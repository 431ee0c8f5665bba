import { deskDictionary } from '../../words/words.ts'

const fr = {
  title: 'Promotions',
  lead: 'Un code que vous donnez à vos lecteurs, pour qu’ils paient moins cher.',
  empty: 'Aucun code pour l’instant.',
  create: 'Créer un code',
  newTitle: 'Nouveau code',
  editTitle: (code: string) => `Code ${code}`,
  back: 'Toutes les promotions',
  edit: 'Modifier',
  state: {
    running: 'En cours',
    toCome: 'Pas commencée',
    ended: 'Finie',
    usedUp: 'Épuisée',
    stopped: 'Arrêtée',
  },
  dates: {
    /** « 1er décembre », which Intl does not say. */
    day: (day: string) => day.replace(/^1 /, '1er '),
    always: 'sans date',
    from: (day: string) => `à partir du ${day}`,
    until: (day: string) => `jusqu’au ${day}`,
    both: (from: string, until: string) => `du ${from} au ${until}`,
  },
  books: (count: number) =>
    count === 0 ? 'tous les livres' : `${count} livre${count > 1 ? 's' : ''}`,
  uses: (uses: number, max: number | null) =>
    max === null
      ? `${uses} utilisation${uses > 1 ? 's' : ''}`
      : `${uses} utilisation${uses > 1 ? 's' : ''} sur ${max}`,
  sales: (count: number) => `${count} vente${count > 1 ? 's' : ''}`,
  given: (sum: string) => `${sum} de réductions`,
  figures: {
    uses: 'Utilisations',
    usesHint:
      'Commandes payées, ou en attente de paiement. Une commande abandonnée rend son utilisation.',
    sales: 'Ventes payées',
    revenue: 'Argent reçu',
    givenAway: 'Réductions données',
  },
  stop: 'Arrêter',
  start: 'Relancer',
  done: {
    cree: 'Le code est prêt. Vous pouvez le donner.',
    enregistre: 'C’est enregistré.',
    arrete: 'La promotion est arrêtée. Le code ne marche plus.',
    relance: 'La promotion est relancée.',
  } as Partial<Record<string, string>>,
  form: {
    code: 'Le code',
    codeHint:
      'De 3 à 20 lettres ou chiffres. Exemple : NOEL20. Vos lecteurs peuvent le taper en minuscules ou avec des espaces.',
    kind: 'Ce que le code enlève',
    kinds: {
      percent: 'Un pourcentage du prix (%)',
      amount: (currency: string) => `Une somme (${currency})`,
    },
    value: 'Combien',
    valueHint: 'Un nombre seul. Exemple : 20 pour 20 %, ou 500 pour une somme.',
    from: 'Premier jour (facultatif)',
    fromHint: 'Le code marche dès ce matin-là. Vide : tout de suite.',
    until: 'Dernier jour (facultatif)',
    untilHint: 'Le code marche encore ce jour-là, jusqu’à minuit. Vide : sans fin.',
    max: 'Nombre d’utilisations (facultatif)',
    maxHint: 'Après ce nombre de commandes, le code ne marche plus. Vide : sans limite.',
    books: 'Pour quels livres ?',
    booksHint: 'Aucune case cochée : le code marche pour tous les livres.',
    notOnSale: 'pas en vente',
    save: 'Enregistrer',
    create: 'Créer le code',
  },
  table: {
    title: (rule: string) => `Ce que vos lecteurs paieront (${rule})`,
    example: (rule: string) => `Exemple avec ${rule}`,
    before: 'Prix',
    after: 'Avec le code',
    free: 'Gratuit',
    rounding: ({ step, smallest }: { step: number; smallest: string }) =>
      `${step > 1 ? `Le prix est arrondi à ${step} près. ` : ''}CinetPay ne prend rien en dessous de ${smallest} : un prix qui tomberait plus bas devient ${smallest}. Seule une réduction de tout le prix rend le livre gratuit.`,
  },
  share: {
    title: 'Le lien à envoyer',
    hint: 'Ce lien ouvre la page du livre avec le code déjà écrit.',
  },
  errors: {
    code: 'Écrivez un code de 3 à 20 lettres ou chiffres, sans signes.',
    codeTaken: 'Ce code existe déjà. Choisissez-en un autre.',
    kind: 'Choisissez dans la liste.',
    percent: 'Écrivez un nombre entier, de 1 à 100.',
    amount: (largest: string) => `Écrivez un nombre entier, de 1 à ${largest}.`,
    day: 'Écrivez une date comme 2026-12-24 ou 24/12/2026.',
    order: 'Le dernier jour vient avant le premier.',
    max: 'Écrivez un nombre entier, de 1 à 1 000 000, ou laissez vide.',
  },
  savedVersion: (rules: string) => `La version enregistrée : ${rules}.`,
  somebody: 'Quelqu’un',
}

const en: typeof fr = {
  title: 'Promotions',
  lead: 'A code that you give to your readers, so that they pay less.',
  empty: 'No code yet.',
  create: 'Create a code',
  newTitle: 'New code',
  editTitle: (code) => `Code ${code}`,
  back: 'All promotions',
  edit: 'Edit',
  state: {
    running: 'Running',
    toCome: 'Not begun',
    ended: 'Over',
    usedUp: 'Used up',
    stopped: 'Stopped',
  },
  dates: {
    day: (day) => day,
    always: 'no dates',
    from: (day) => `from ${day}`,
    until: (day) => `until ${day}`,
    both: (from, until) => `from ${from} to ${until}`,
  },
  books: (count) => (count === 0 ? 'all books' : `${count} book${count > 1 ? 's' : ''}`),
  uses: (uses, max) =>
    max === null ? `${uses} use${uses > 1 ? 's' : ''}` : `${uses} of ${max} uses`,
  sales: (count) => `${count} sale${count > 1 ? 's' : ''}`,
  given: (sum) => `${sum} of discounts`,
  figures: {
    uses: 'Uses',
    usesHint: 'Orders that are paid or waiting to be. An order given up gives its use back.',
    sales: 'Paid sales',
    revenue: 'Money received',
    givenAway: 'Discounts given',
  },
  stop: 'Stop',
  start: 'Start again',
  done: {
    cree: 'The code is ready. You can give it away.',
    enregistre: 'Saved.',
    arrete: 'The promotion is stopped. The code no longer works.',
    relance: 'The promotion runs again.',
  },
  form: {
    code: 'The code',
    codeHint:
      'From 3 to 20 letters or digits. Example: NOEL20. Your readers may type it in small letters or with spaces.',
    kind: 'What the code takes off',
    kinds: {
      percent: 'A percentage of the price (%)',
      amount: (currency) => `A sum (${currency})`,
    },
    value: 'How much',
    valueHint: 'A number alone. Example: 20 for 20%, or 500 for a sum.',
    from: 'First day (optional)',
    fromHint: 'The code works from that morning on. Empty: at once.',
    until: 'Last day (optional)',
    untilHint: 'The code still works on that day, until midnight. Empty: no end.',
    max: 'Number of uses (optional)',
    maxHint: 'After this many orders, the code no longer works. Empty: no limit.',
    books: 'For which books?',
    booksHint: 'No box ticked: the code works for all books.',
    notOnSale: 'not for sale',
    save: 'Save',
    create: 'Create the code',
  },
  table: {
    title: (rule) => `What your readers will pay (${rule})`,
    example: (rule) => `Example with ${rule}`,
    before: 'Price',
    after: 'With the code',
    free: 'Free',
    rounding: ({ step, smallest }) =>
      `${step > 1 ? `The price is rounded to the nearest ${step}. ` : ''}CinetPay takes nothing below ${smallest}: a price that would fall lower becomes ${smallest}. Only a discount of the whole price makes the book free.`,
  },
  share: {
    title: 'The link to send',
    hint: 'This link opens the page of the book with the code already written.',
  },
  errors: {
    code: 'Write a code of 3 to 20 letters or digits, with no signs.',
    codeTaken: 'This code exists already. Choose another.',
    kind: 'Choose from the list.',
    percent: 'Write a whole number from 1 to 100.',
    amount: (largest) => `Write a whole number from 1 to ${largest}.`,
    day: 'Write a date such as 2026-12-24 or 24/12/2026.',
    order: 'The last day comes before the first.',
    max: 'Write a whole number from 1 to 1,000,000, or leave it empty.',
  },
  savedVersion: (rules) => `The saved version: ${rules}.`,
  somebody: 'Somebody',
}

export const promotionWords = deskDictionary({ fr, en })
