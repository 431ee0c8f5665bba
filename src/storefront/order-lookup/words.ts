import { pluralIn } from '../../words/plural.ts'
import { dictionary } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'

const fr = {
  title: 'Retrouver mes livres',
  lead: 'Donnez le numéro de téléphone de la commande, avec soit le code de la commande, soit la référence du SMS de débit. La commande s’ouvre tout de suite.',
  boughtAgo: (minutes: number) =>
    `Vous avez acheté ce livre ${minutes < 1 ? 'à l’instant' : `il y a ${pluralIn('fr')(minutes, 'minute', 'minutes')}`} : rien n’a été demandé de plus. Voici comment l’ouvrir.`,
  phone: 'Téléphone de la commande',
  phoneHint: 'Celui que vous avez donné en achetant.',
  proof: 'Code de la commande, ou référence du SMS',
  proofHint:
    'Le code ressemble à 7K3M-94FT. La référence est dans le SMS de l’opérateur, par exemple MP240101.1234.A12345.',
  go: 'Retrouver',
  errors: {
    summary: 'Il reste quelque chose à corriger.',
    proof: 'Écrivez le code de la commande, ou la référence du SMS de débit.',
    email: 'Cette adresse e-mail ne semble pas valide. Corrigez-la.',
    notFound:
      'Nous ne trouvons pas de commande avec ce numéro et ce code (ou cette référence). Vérifiez les deux : le numéro est celui donné en achetant.',
    misread: 'Ce code est mal recopié : comparez-le caractère par caractère.',
    wait: (minutes: number) =>
      `Trop de références essayées pour ce numéro. Attendez ${pluralIn('fr')(minutes, 'minute', 'minutes')}, ou donnez le code de la commande : avec lui, elle s’ouvre tout de suite. Ce que vous avez tapé est gardé ici.`,
  },
  byMail: {
    title: 'Vous aviez donné un e-mail ?',
    text: 'Nous envoyons à cette adresse les liens de tous les livres achetés avec elle.',
    email: 'E-mail donné à l’achat',
    go: 'Recevoir mes liens',
  },
  mailed: {
    title: 'Vérifiez vos e-mails.',
    text: 'Si des livres ont été achetés avec cette adresse, leurs liens arrivent dans quelques minutes. Pensez à regarder dans les indésirables.',
    otherwise:
      'Rien ne vient ? Vérifiez l’adresse, ou donnez votre téléphone et le code de la commande.',
  },
  again: 'Retrouver mes livres',
  neither: 'Ni code ni référence, mais débité ?',
  debited: 'J’ai été débité',
  debitedText: 'Nous vérifions tout de suite, et la boutique est prévenue.',
  books: {
    title: 'Vos livres',
    here: 'Les livres que ce téléphone a déjà ouverts.',
    ofEmail:
      'Tous les livres achetés avec votre adresse e-mail. Ouvrez-en un, puis gardez le lien de sa page.',
    open: 'Ouvrir',
    others:
      'Il en manque ? Nous pouvons envoyer la liste de tous les livres à l’e-mail de cette commande.',
    mail: 'Recevoir toute la liste',
    byCode:
      'Il en manque ? Chaque commande s’ouvre avec votre téléphone et son code, ou la référence du SMS de débit.',
    back: 'Revenir à la commande',
  },
  /** Replaces the texts above where CinetPay reports no reference to compare. */
  byCode: {
    lead: 'Donnez le numéro de téléphone de la commande, et son code. La commande s’ouvre tout de suite.',
    proof: 'Code de la commande',
    proofHint: 'Il est sur la page de la commande et sur le reçu, et ressemble à 7K3M-94FT.',
    neither: 'Pas de code, mais débité ?',
    errors: {
      proof: 'Écrivez le code de la commande.',
      notFound:
        'Nous ne trouvons pas de commande avec ce numéro et ce code. Vérifiez les deux : le numéro est celui donné en achetant.',
      wait: (minutes: number) =>
        `Trop d’essais pour ce numéro. Attendez ${pluralIn('fr')(minutes, 'minute', 'minutes')}, ou donnez le code de la commande, tel qu’il est écrit : avec lui, elle s’ouvre tout de suite. Ce que vous avez tapé est gardé ici.`,
    },
    books: { byCode: 'Il en manque ? Chaque commande s’ouvre avec votre téléphone et son code.' },
  },
}

type FindingWords = typeof fr

const en: FindingWords = {
  title: 'Find my books',
  lead: 'Give the phone number of the order, with either its code or the reference in the debit SMS. The order opens at once.',
  boughtAgo: (minutes) =>
    `You bought this book ${minutes < 1 ? 'just now' : `${pluralIn('en')(minutes, 'minute', 'minutes')} ago`}: nothing more was asked for. Here is how to open it.`,
  phone: 'Phone of the order',
  phoneHint: 'The one that you gave when buying.',
  proof: 'Code of the order, or reference of the SMS',
  proofHint:
    'The code looks like 7K3M-94FT. The reference is in the operator’s SMS, for instance MP240101.1234.A12345.',
  go: 'Find',
  errors: {
    summary: 'Something needs correcting.',
    proof: 'Write the code of the order, or the reference of the debit SMS.',
    email: 'This e-mail address does not look valid. Correct it.',
    notFound:
      'We find no order with this number and this code (or reference). Check both: the number is the one given when buying.',
    misread: 'This code was copied wrongly: compare it character by character.',
    wait: (minutes) =>
      `Too many references were tried for this number. Wait ${pluralIn('en')(minutes, 'minute', 'minutes')}, or give the code of the order: with it, it opens at once. What you typed is kept here.`,
  },
  byMail: {
    title: 'Did you give an e-mail?',
    text: 'We send the links of all books bought with that address to it.',
    email: 'E-mail given when buying',
    go: 'Send me my links',
  },
  mailed: {
    title: 'Check your e-mail.',
    text: 'If books were bought with this address, their links arrive within a few minutes. Check the spam folder, too.',
    otherwise: 'Nothing comes? Check the address, or give your phone and the code of the order.',
  },
  again: 'Find my books',
  neither: 'Neither code nor reference, but debited?',
  debited: 'I was debited',
  debitedText: 'We check at once, and the shop is told.',
  books: {
    title: 'Your books',
    here: 'The books that this phone has opened before.',
    ofEmail: 'All books bought with your e-mail address. Open one, then keep the link of its page.',
    open: 'Open',
    others:
      'Is one missing? We can send the list of all books to the e-mail address of this order.',
    mail: 'Send me the whole list',
    byCode:
      'Is one missing? Each order opens with your phone and its code, or the reference of the debit SMS.',
    back: 'Back to the order',
  },
  byCode: {
    lead: 'Give the phone number of the order, and its code. The order opens at once.',
    proof: 'Code of the order',
    proofHint: 'It is on the order page and on the receipt, and looks like 7K3M-94FT.',
    neither: 'No code, but debited?',
    errors: {
      proof: 'Write the code of the order.',
      notFound:
        'We find no order with this number and this code. Check both: the number is the one given when buying.',
      wait: (minutes) =>
        `Too many tries for this number. Wait ${pluralIn('en')(minutes, 'minute', 'minutes')}, or give the code of the order, as it is written: with it, it opens at once. What you typed is kept here.`,
    },
    books: { byCode: 'Is one missing? Each order opens with your phone and its code.' },
  },
}

const inLanguage = dictionary<FindingWords>({ fr, en })

/** @param byReference false: nothing is promised that would need an operator's reference */
export function findingWords(language: Language, byReference = true): FindingWords {
  const words = inLanguage(language)
  const { byCode } = words
  if (byReference) return words
  return {
    ...words,
    ...byCode,
    errors: { ...words.errors, ...byCode.errors },
    books: { ...words.books, ...byCode.books },
    byCode,
  }
}
