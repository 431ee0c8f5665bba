import { deskDictionary } from '../../words/words.ts'
export type LogoFault = 'none' | 'type' | 'heavy'

const fr = {
  title: 'Logo',
  back: 'Apparence',
  saved: 'C’est enregistré.',
  now: 'Le logo d’aujourd’hui',
  drop: 'Enlever le logo',
  choose: 'Choisir une image',
  hint: 'PNG, JPEG ou WebP. Elle est montrée petite, devant le nom de la boutique.',
  send: 'Enregistrer le logo',
  faults: {
    none: 'Choisissez une image.',
    type: 'Ce fichier n’est pas une image PNG, JPEG ou WebP de 2 000 pixels de côté au plus.',
    heavy:
      'Cette image pèse plus de 20 ko, que chaque visiteur paierait. Choisissez-en une plus petite.',
  } satisfies Record<LogoFault, string> as Record<LogoFault, string>,
}

const en: typeof fr = {
  title: 'Logo',
  back: 'Look',
  saved: 'It is saved.',
  now: 'The logo of today',
  drop: 'Take the logo off',
  choose: 'Choose a picture',
  hint: 'PNG, JPEG or WebP. It is shown small, before the shop’s name.',
  send: 'Save the logo',
  faults: {
    none: 'Choose a picture.',
    type: 'This file is no PNG, JPEG or WebP picture of at most 2,000 pixels a side.',
    heavy:
      'This picture weighs more than 20 kB, which every visitor would pay for. Choose a smaller one.',
  },
}

export const logoWords = deskDictionary({ fr, en })
