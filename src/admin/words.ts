import type { MarkdownWords } from '../views/browser/markdown.ts'
import { deskDictionary } from '../words/words.ts'

/** The desk's frame; each of its rooms has its own words beside its pages. */
const fr = {
  desk: 'Bureau',
  skip: 'Aller au contenu',
  nav: {
    home: 'Accueil',
    books: 'Livres',
    orders: 'Commandes',
    promotions: 'Promotions',
    figures: 'Chiffres',
    settings: 'Réglages',
  },
  shop: 'Voir la boutique',
  account: 'Mon accès',
  signOut: 'Sortir',
  save: 'Enregistrer',
  cancel: 'Annuler',
  /** For the second of two people who save the same thing. */
  changedMeanwhile: (name: string) =>
    `${name} a enregistré une autre version entre-temps. Ce que vous avez tapé est encore là : comparez, puis enregistrez à nouveau.`,
  summary: 'Il reste quelque chose à corriger. Rien n’a été enregistré.',
  saved: 'C’est enregistré.',
  /** Labels of the buttons that insert Markdown. */
  markdown: {
    tools: 'Mise en forme',
    bold: 'Gras',
    italic: 'Italique',
    heading: 'Titre',
    list: 'Liste',
    text: 'votre texte',
  } satisfies MarkdownWords,
}

const en: typeof fr = {
  desk: 'Desk',
  skip: 'Skip to content',
  nav: {
    home: 'Home',
    books: 'Books',
    orders: 'Orders',
    promotions: 'Promotions',
    figures: 'Reports',
    settings: 'Settings',
  },
  shop: 'See the shop',
  account: 'My access',
  signOut: 'Sign out',
  save: 'Save',
  cancel: 'Cancel',
  changedMeanwhile: (name) =>
    `${name} saved another version meanwhile. What you typed is still here: compare, then save again.`,
  summary: 'Something needs correcting. Nothing was saved.',
  saved: 'Saved.',
  markdown: {
    tools: 'Formatting',
    bold: 'Bold',
    italic: 'Italic',
    heading: 'Heading',
    list: 'List',
    text: 'your text',
  },
}

export const deskWords = deskDictionary({ fr, en })
