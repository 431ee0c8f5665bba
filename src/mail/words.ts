import { dictionary } from '../words/words.ts'
import type { Language } from '../words/words.ts'

/** What is written to the seller when a payment or a buyer needs a person. */
export const alertWords = {
  review: {
    subject: (code: string) => `À vérifier : commande ${code}, montant différent`,
    text: (code: string, amount: string) =>
      `CinetPay a accepté un paiement pour la commande ${code}, mais le montant ou la monnaie n’est pas celui de la commande (${amount}). Le livre n’a pas été donné.\n\nOuvrez la commande pour décider : l’accepter à la main, ou le rembourser.`,
  },
  double: {
    subject: (code: string) => `À rembourser : commande ${code} payée deux fois`,
    text: (code: string, amount: string) =>
      `La commande ${code} (${amount}) était déjà payée ou fermée, et CinetPay vient d’accepter un second paiement. L’acheteur a été débité une fois de trop.\n\nOuvrez la commande pour le rembourser.`,
  },
  case: {
    subject: (code: string) => `« J’ai été débité » : commande ${code}`,
    text: (code: string, amount: string) =>
      `L’acheteur de la commande ${code} (${amount}) dit qu’il a été débité, et CinetPay ne le confirme pas pour l’instant. La boutique continue à vérifier toute seule.\n\nOuvrez la commande : le dossier à envoyer à CinetPay y est prêt.`,
  },
}

/** Of a case whose buyer gave a phone, and no order of it was found. */
export const disputeWithoutOrder: (typeof alertWords)['case'] = {
  subject: () => '« J’ai été débité » : aucune commande trouvée',
  text: () =>
    'Une personne dit qu’elle a été débitée, et la boutique ne trouve pas de commande avec son numéro.\n\nOuvrez la liste « À traiter » : son message s’y trouve.',
}

/** CinetPay lets no call of this shop in: nothing can be sold until it is mended. */
export const denialWords = {
  address: {
    subject: 'La boutique ne peut plus encaisser : adresse à donner à CinetPay',
    text: (seenAs: string | null) =>
      `CinetPay refuse les appels de la boutique : l’adresse de votre hébergement n’est pas dans sa liste. Aucun livre ne peut être payé. Les acheteurs en sont avertis ; les paiements déjà faits seront vérifiés dès que CinetPay acceptera à nouveau la boutique.\n\n${
        seenAs
          ? `Entrez cette adresse dans le panneau de CinetPay (API et sécurité) : ${seenAs}`
          : 'Entrez l’adresse de votre hébergement dans le panneau de CinetPay (API et sécurité). La page ci-dessous aide à la trouver.'
      }`,
  },
  keys: {
    subject: 'La boutique ne peut plus encaisser : clés refusées par CinetPay',
    text: () =>
      'CinetPay ne reconnaît plus les clés de la boutique. Aucun livre ne peut être payé. Les acheteurs en sont avertis ; les paiements déjà faits seront vérifiés dès que CinetPay acceptera à nouveau la boutique.\n\nRecopiez les clés du panneau de CinetPay dans les réglages de votre hébergement, puis redémarrez la boutique.',
  },
}

/** A stored file that is not what was sold any more. */
export const damagedWords = {
  subject: (title: string) => `Fichier abîmé : ${title}`,
  text: ({ name, bookTitle }: { name: string; bookTitle: string }) =>
    `Le fichier « ${name} » du livre « ${bookTitle} » est abîmé sur le serveur. Il n’est plus envoyé.\n\nRenvoyez le même fichier, comme nouvelle version : vos acheteurs l’auront tout de suite, et ceux qui l’attendent seront prévenus.`,
}

const plural = (count: number, one: string, many: string) => `${count} ${count > 1 ? many : one}`

/** What was sold: see `sales.ts`. */
export const salesWords = {
  one: (sum: string) => `Vente : ${sum}`,
  oneText: (title: string, means: string) => `« ${title} », par ${means}.`,
  many: (count: number, sums: string) => `${plural(count, 'vente', 'ventes')} : ${sums}`,
  digest: (count: number, sums: string) =>
    count > 0
      ? `Bilan du soir : ${plural(count, 'vente', 'ventes')}, ${sums}`
      : 'Bilan du soir : des livres gratuits',
  title: (title: string, count: number, sums: string) =>
    `« ${title} » : ${plural(count, 'vente', 'ventes')}, ${sums}`,
  more: (titles: number) => `et ${plural(titles, 'autre titre', 'autres titres')}`,
  means: (means: string) => `Payé par : ${means}.`,
  free: (title: string, count: number) => `« ${title} » : ${count} fois gratuitement`,
  byHand: 'vente à la main',
  unknownMeans: 'moyen non indiqué',
  said: (name: string) => `${name} (dit par l’acheteur)`,
}

type ToBuyer = readonly [subject: string, body: string]

type BuyerWords = Record<'edition' | 'back' | 'books', ToBuyer>

/**
 * What is written to a buyer besides the receipt; the places are those of the seller's own texts.
 */
const toBuyers: Record<Language, BuyerWords> = {
  fr: {
    edition: [
      'Nouvelle version : {livre}',
      'Bonjour {nom},\n\nUne nouvelle version de « {livre} » est prête. Vous la recevez sans rien payer.\n\nVotre livre :\n{lien}\n\nVotre code : {code}',
    ],
    back: [
      'Votre livre est prêt : {livre}',
      'Bonjour {nom},\n\nVous avez voulu télécharger « {livre} », et le fichier n’était pas prêt. Il l’est maintenant.\n\nVotre livre :\n{lien}\n\nVotre code : {code}',
    ],
    books: [
      'Tous vos livres',
      'Bonjour {nom},\n\nVoici tous les livres achetés avec cette adresse e-mail. Le lien s’ouvre pendant deux jours ; les pages de vos commandes, elles, restent ouvertes.\n\nVos livres :\n{lien}\n\nVous n’avez rien demandé ? Ne faites rien : vous seul avez reçu ce lien.',
    ],
  },
  en: {
    edition: [
      'New version: {livre}',
      'Hello {nom},\n\nA new version of “{livre}” is ready. It is yours, with nothing to pay.\n\nYour book:\n{lien}\n\nYour code: {code}',
    ],
    back: [
      'Your book is ready: {livre}',
      'Hello {nom},\n\nYou wanted to download “{livre}”, and the file was not ready. It is now.\n\nYour book:\n{lien}\n\nYour code: {code}',
    ],
    books: [
      'All your books',
      'Hello {nom},\n\nHere are all the books bought with this e-mail address. The link opens for two days; the pages of your orders stay open.\n\nYour books:\n{lien}\n\nYou asked for nothing? Do nothing: this link came to you alone.',
    ],
  },
}

export const buyerWords = dictionary<BuyerWords>(toBuyers)
