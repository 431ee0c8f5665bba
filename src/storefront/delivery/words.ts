import { pluralIn } from '../../words/plural.ts'
import { dictionary } from '../../words/words.ts'

const inMinutes = (seconds: number) => Math.ceil(seconds / 60)

const fr = {
  busy: {
    title: 'Beaucoup de lecteurs en même temps',
    text: (seconds: number) =>
      `Le livre est à vous, et il vous attend. Pour l’instant, trop de personnes téléchargent à la fois. Cette page réessaie toute seule dans ${pluralIn('fr')(inMinutes(seconds), 'minute', 'minutes')} : il n’y a rien à repayer.`,
    go: 'Réessayer maintenant',
  },
  /** « Ne plus m'écrire », and its current state. */
  quiet: {
    ask: 'Ne plus m’écrire',
    title: (isQuiet: boolean): string =>
      isQuiet ? 'C’est noté : on ne vous écrira plus' : 'On peut de nouveau vous écrire',
    text: 'La boutique ne vous enverra plus de rappel ni d’annonce à ce numéro. Vos livres restent à vous, et les messages de vos commandes (reçus, réponses) arrivent toujours.',
    textAgain:
      'La boutique peut vous rappeler une commande restée en route, ou vous annoncer une nouvelle version de vos livres.',
    undo: 'Finalement, vous pouvez m’écrire',
  },
}

type DeliveryWords = typeof fr

const en: DeliveryWords = {
  busy: {
    title: 'Many readers at once',
    text: (seconds) =>
      `The book is yours, and it is waiting for you. Too many people are downloading right now. This page tries again by itself in ${pluralIn('en')(inMinutes(seconds), 'minute', 'minutes')}: there is nothing to pay again.`,
    go: 'Try again now',
  },
  quiet: {
    ask: 'Do not write to me',
    title: (isQuiet) => (isQuiet ? 'Noted: we will not write to you' : 'We may write to you again'),
    text: 'The shop will send no more reminders or announcements to this number. Your books stay yours, and messages about your orders (receipts, answers) still reach you.',
    textAgain:
      'The shop may remind you of an order that was left unfinished, or tell you of a new version of your books.',
    undo: 'You may write to me after all',
  },
}

export const deliveryWordsIn = dictionary<DeliveryWords>({ fr, en })
