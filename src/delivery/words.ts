import type { Language } from '../words/words.ts'

const inTime = (seconds: number) => Math.ceil(seconds / 60)

const fr = {
  busy: {
    title: 'Beaucoup de lecteurs en même temps',
    text: (seconds: number) => {
      const minutes = inTime(seconds)
      return `Le livre est à vous, et il vous attend. Pour l’instant, trop de personnes téléchargent à la fois. Cette page réessaie toute seule dans ${minutes} minute${minutes > 1 ? 's' : ''} : il n’y a rien à repayer.`
    },
    go: 'Réessayer maintenant',
  },
}

const en: typeof fr = {
  busy: {
    title: 'Many readers at once',
    text: (seconds) => {
      const minutes = inTime(seconds)
      return `The book is yours, and waits for you. Too many people are downloading right now. This page tries again by itself in ${minutes} minute${minutes > 1 ? 's' : ''}: there is nothing to pay again.`
    },
    go: 'Try again now',
  },
}

export const deliveryWordsIn = (language: Language) => (language === 'fr' ? fr : en)
