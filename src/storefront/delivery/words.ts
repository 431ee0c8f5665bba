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
}

type DeliveryWords = typeof fr

const en: DeliveryWords = {
  busy: {
    title: 'Many readers at once',
    text: (seconds) =>
      `The book is yours, and waits for you. Too many people are downloading right now. This page tries again by itself in ${pluralIn('en')(inMinutes(seconds), 'minute', 'minutes')}: there is nothing to pay again.`,
    go: 'Try again now',
  },
}

export const deliveryWordsIn = dictionary<DeliveryWords>({ fr, en })
