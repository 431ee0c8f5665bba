import { dictionary } from '../words/words.ts'

const fr = {
  digits: ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
  summary:
    'Beaucoup de demandes viennent de votre réseau en ce moment. Répondez à la petite question du formulaire, puis continuez : rien n’a été débité, et tout ce que vous avez tapé est conservé.',
  label: (words: string) => `Écrivez en chiffres : ${words}`,
  hint: 'Par exemple, « trois, un, quatre » s’écrit 314.',
}

type LimitWords = typeof fr

const en: LimitWords = {
  digits: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  summary:
    'Many requests come from your network right now. Answer the little question in the form, then continue: nothing was debited, and what you typed is kept.',
  label: (words) => `Write in digits: ${words}`,
  hint: 'For example, “three, one, four” is written 314.',
}

export const limitWords = dictionary<LimitWords>({ fr, en })
