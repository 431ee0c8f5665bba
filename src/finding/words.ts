import type { OrderStatus } from '../data/orders.ts'
import { pluralIn } from '../words/plural.ts'
import { roomWordsIn } from '../words/words.ts'
import type { Language } from '../words/words.ts'

const fr = {
  title: 'Retrouver mes livres',
  lead: 'Donnez le numéro de téléphone de la commande, et l’un des deux : le code de la commande, ou la référence du SMS de débit.',
  phone: 'Téléphone de la commande',
  phoneHint: 'Celui que vous avez donné en achetant. Exemple : 76 12 34 56',
  proof: 'Code de la commande, ou référence du SMS',
  proofHint:
    'Le code ressemble à 7K3M-94FT. La référence est dans le SMS de l’opérateur, par exemple MP240101.1234.A12345.',
  go: 'Retrouver',
  errors: {
    summary: 'Il reste quelque chose à corriger.',
    phone: 'Ce numéro ne semble pas complet. Vérifiez les chiffres et le pays.',
    proof: 'Écrivez le code de la commande, ou la référence du SMS de débit.',
    notFound:
      'Nous ne trouvons pas de commande avec ce numéro et ce code (ou cette référence). Vérifiez les deux : le numéro est celui donné en achetant.',
    misread: 'Ce code est mal recopié : comparez-le signe par signe.',
    wait: (minutes: number) =>
      `Trop d’essais avec ce numéro ou depuis ce réseau. Attendez ${pluralIn('fr')(minutes, 'minute', 'minutes')}, puis essayez encore : ce que vous avez tapé est gardé ici. Le lien de votre commande, lui, s’ouvre toujours.`,
  },
  neither: 'Ni code ni référence, mais débité ?',
  debited: 'J’ai été débité',
  debitedText: 'Nous vérifions tout de suite, et la boutique est prévenue.',
  books: {
    title: 'Vos livres',
    lead: 'Toutes les commandes payées avec ce numéro. Ouvrez-en une, puis gardez le lien de sa page.',
    open: 'Ouvrir',
    soon: 'Cette liste se ferme dans 30 minutes. Les pages de vos commandes, elles, restent ouvertes.',
  },
  statuses: {
    paid: 'Payée',
    pending: 'En attente',
    review: 'À vérifier',
    failed: 'Non aboutie',
    expired: 'Pas payée à temps',
    refunded: 'Remboursée',
    revoked: 'Accès fermé',
  } satisfies Record<OrderStatus, string> as Record<OrderStatus, string>,
}

export type FindingWords = typeof fr

const en: FindingWords = {
  title: 'Find my books',
  lead: 'Give the phone number of the order, and one of these: the code of the order, or the reference in the debit SMS.',
  phone: 'Phone of the order',
  phoneHint: 'The one that you gave when buying. Example: 76 12 34 56',
  proof: 'Code of the order, or reference of the SMS',
  proofHint:
    'The code looks like 7K3M-94FT. The reference stands in the operator’s SMS, for instance MP240101.1234.A12345.',
  go: 'Find',
  errors: {
    summary: 'Something is left to correct.',
    phone: 'This number does not look complete. Check the digits and the country.',
    proof: 'Write the code of the order, or the reference of the debit SMS.',
    notFound:
      'We find no order with this number and this code (or reference). Check both: the number is the one given when buying.',
    misread: 'This code was copied wrongly: compare it sign by sign.',
    wait: (minutes) =>
      `Too many tries with this number or from this network. Wait ${pluralIn('en')(minutes, 'minute', 'minutes')}, then try again: what you typed is kept here. The link of your order still opens.`,
  },
  neither: 'Neither code nor reference, but debited?',
  debited: 'I was debited',
  debitedText: 'We check at once, and the shop is told.',
  books: {
    title: 'Your books',
    lead: 'All orders paid with this number. Open one, then keep the link of its page.',
    open: 'Open',
    soon: 'This list closes in 30 minutes. The pages of your orders stay open.',
  },
  statuses: {
    paid: 'Paid',
    pending: 'Waiting',
    review: 'To check',
    failed: 'Failed',
    expired: 'Not paid in time',
    refunded: 'Refunded',
    revoked: 'Access closed',
  },
}

declare module '../words/words.ts' {
  interface RoomWords {
    finding: FindingWords
  }
}

export const findingWords = (language: Language): FindingWords =>
  roomWordsIn('finding', { fr, en }, language)
