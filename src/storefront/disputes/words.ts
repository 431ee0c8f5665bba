import type { CaseOperator } from '../../data/orders/disputes.ts'
import { dictionary } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

const fr = {
  title: 'J’ai été débité',
  lead: 'Votre opérateur a pris l’argent, et le livre n’est pas là ? Nous demandons tout de suite à CinetPay. Si rien n’est confirmé, la boutique est prévenue, avec les preuves toutes prêtes.',
  dontPay: 'Ne payez pas une seconde fois.',
  twice: {
    title: 'J’ai été débité deux fois',
    lead: 'Le livre est à vous, et votre opérateur a pris l’argent deux fois ? Nous demandons tout de suite à CinetPay, et la boutique est prévenue : elle rembourse ce qui a été payé en trop.',
  },
  amount: 'Montant débité',
  amountHint: 'Celui du SMS de votre opérateur. Exemple : 5\u00A0000',
  operator: 'Votre opérateur',
  operators: {
    orange: 'Orange Money',
    wave: 'Wave',
    mtn: 'MTN MoMo',
    moov: 'Moov Money',
    other: 'Un autre, ou une carte',
  } satisfies Record<CaseOperator, string> as Record<CaseOperator, string>,
  choose: 'Choisissez',
  reference: 'Référence du SMS (facultatif)',
  referenceHint: 'Elle aide beaucoup. Exemple : MP240101.1234.A12345',
  phone: 'Téléphone débité',
  otherPhone: 'Téléphone débité, si ce n’est pas celui de la commande (facultatif)',
  message: 'Autre chose à dire ? (facultatif)',
  go: 'Vérifier maintenant',
  back: 'Revenir à la commande',
  errors: {
    summary: 'Il reste quelque chose à corriger.',
    amount: 'Écrivez le montant en chiffres, comme dans le SMS.',
    operator: 'Choisissez votre opérateur.',
    reference: 'Cette référence est trop longue (60 caractères au plus).',
    message: 'C’est trop long (500 caractères au plus).',
    wait: (hours: number) =>
      `Nous avons déjà vérifié plusieurs fois aujourd’hui pour ce numéro ou ce réseau. Attendez ${hours} heure${hours > 1 ? 's' : ''}, ou écrivez à la boutique : ce que vous avez tapé est gardé ici.`,
  },
  told: {
    title: 'Nous avons vérifié.',
    text: 'CinetPay vient d’être interrogé pour ce numéro, et nous avons prévenu la boutique.',
    paidTitle: 'Si le paiement est confirmé, le livre est prêt',
    paid: [
      'Avec le lien de votre commande, s’il est dans votre téléphone (historique du navigateur, messages).',
      'Ou avec votre numéro et le code de la commande, ou la référence du SMS de débit.',
    ],
    find: 'Ouvrir avec le code ou la référence',
    notTitle: 'Sinon',
    not: 'Pour votre sécurité, un numéro et un montant ne suffisent pas pour ouvrir une commande. La boutique retrouve la vôtre et peut envoyer le lien à ce numéro. Nous continuons à interroger CinetPay pendant 30 jours. Ne payez pas une seconde fois.',
    whatsapp: 'Écrire à la boutique sur WhatsApp',
    message: 'Bonjour, j’ai été débité et je n’ai pas encore le livre.',
  },
  /** Replaces the texts above where CinetPay reports no reference to compare. */
  byCode: {
    referenceHint: 'Elle aide la boutique à vous répondre. Exemple : MP240101.1234.A12345',
    paid: 'Ou avec votre numéro et le code de la commande.',
    find: 'Ouvrir avec le code',
  },
}

type ClaimWords = typeof fr

const en: ClaimWords = {
  title: 'I was debited',
  lead: 'Your operator took the money and the book is not here? We ask CinetPay at once. If nothing is confirmed, the shop is told, with the proof all ready.',
  dontPay: 'Do not pay a second time.',
  twice: {
    title: 'I was debited twice',
    lead: 'The book is yours, and your operator took the money twice? We ask CinetPay at once, and the shop is told: it refunds what was overpaid.',
  },
  amount: 'Amount debited',
  amountHint: 'The one in your operator’s SMS. Example: 5 000',
  operator: 'Your operator',
  operators: {
    orange: 'Orange Money',
    wave: 'Wave',
    mtn: 'MTN MoMo',
    moov: 'Moov Money',
    other: 'Another one, or a card',
  },
  choose: 'Choose',
  reference: 'Reference of the SMS (optional)',
  referenceHint: 'It helps a lot. Example: MP240101.1234.A12345',
  phone: 'Phone that was debited',
  otherPhone: 'Phone that was debited, if it is not the order’s (optional)',
  message: 'Anything else to say? (optional)',
  go: 'Check now',
  back: 'Back to the order',
  errors: {
    summary: 'Something needs correcting.',
    amount: 'Write the amount in digits, as in the SMS.',
    operator: 'Choose your operator.',
    reference: 'This reference is too long (60 characters at most).',
    message: 'This is too long (500 characters at most).',
    wait: (hours) =>
      `We have checked several times today for this number or this network. Wait ${hours} hour${hours === 1 ? '' : 's'}, or write to the shop: what you typed is kept here.`,
  },
  told: {
    title: 'We have checked.',
    text: 'CinetPay was just asked about this number, and we have told the shop.',
    paidTitle: 'If the payment is confirmed, the book is ready',
    paid: [
      'With the link of your order, if it is in your phone (browser history, messages).',
      'Or with your number and the code of the order, or the reference of the debit SMS.',
    ],
    find: 'Open with the code or the reference',
    notTitle: 'If not',
    not: 'For your safety, a number and an amount are not enough to open an order. The shop finds yours and can send the link to that number. We go on asking CinetPay for 30 days. Do not pay a second time.',
    whatsapp: 'Write to the shop on WhatsApp',
    message: 'Hello, I was debited and do not have the book yet.',
  },
  byCode: {
    referenceHint: 'It helps the shop to answer you. Example: MP240101.1234.A12345',
    paid: 'Or with your number and the code of the order.',
    find: 'Open with the code',
  },
}

const inLanguage = dictionary<ClaimWords>({ fr, en })

/** @param byReference false: nothing is promised that would need an operator's reference */
export function claimWords(language: Language, byReference = true): ClaimWords {
  const words = inLanguage(language)
  const { referenceHint, paid, find } = words.byCode
  if (byReference) return words
  return {
    ...words,
    referenceHint,
    told: { ...words.told, find, paid: [words.told.paid[0]!, paid] },
  }
}
