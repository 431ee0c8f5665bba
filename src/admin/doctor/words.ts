import { deskDictionary } from '../../words/words.ts'
const fr = {
  title: 'Diagnostic',
  link: 'Ce qui marche, ce qui manque, et quoi faire.',
  lead: 'La boutique regarde elle-même tout ce dont une vente a besoin. Rien n’est changé.',
  examine: 'Examiner la boutique',
  again: 'Examiner à nouveau',
  patience: 'Cela prend quelques secondes, quinze au plus.',
  now: 'En ce moment',
  red: (count: number) => (count === 1 ? 'Une chose à corriger' : `${count} choses à corriger`),
  advice: 'À savoir',
  green: 'Ce qui va bien',
  allWell: 'Tout va bien.',
  marks: { bad: 'à corriger', soft: 'à savoir', good: 'bien' },
  deed: 'À faire :',
  phone: 'Depuis un téléphone, sur les données mobiles',
  phoneText:
    'L’hébergeur voit la boutique de l’intérieur. Un téléphone la voit comme vos acheteurs : coupez le Wi-Fi, scannez ce code, puis rechargez cette page.',
  phoneLink: 'Sur ce téléphone même : coupez le Wi-Fi et ouvrez cette adresse.',
  phoneMinutes: 'Le code vaut dix minutes.',
  qr: 'Code à scanner',
  mail: 'Essai d’e-mail',
  mailText: 'Regardez s’il arrive, et s’il arrive dans les indésirables.',
  noMail: 'Aucun e-mail n’est réglé : voyez MAIL_FROM dans les réglages de l’hébergement.',
  mailTo: 'Votre adresse e-mail',
  mailSend: 'Envoyer l’essai',
  mailSent: (to: string) => `L’essai est parti pour ${to}.`,
  mailRefused: (reason: string) =>
    `L’essai n’est pas parti (${reason}). Vérifiez l’adresse et les réglages du courrier, puis recommencez.`,
  mailWait: (minutes: number) => `Trop d’essais : attendez ${minutes} min, puis recommencez.`,
  mailWrong: 'Cette adresse e-mail ne semble pas juste. Corrigez-la.',
}

type CheckUpWords = typeof fr

const en: CheckUpWords = {
  title: 'Check-up',
  link: 'What works, what is missing, and what to do.',
  lead: 'The shop looks by itself at all that a sale needs. Nothing is changed.',
  examine: 'Examine the shop',
  again: 'Examine again',
  patience: 'This takes some seconds, fifteen at most.',
  now: 'Right now',
  red: (count) => (count === 1 ? 'One thing to mend' : `${count} things to mend`),
  advice: 'Good to know',
  green: 'What is well',
  allWell: 'All is well.',
  marks: { bad: 'to mend', soft: 'good to know', good: 'well' },
  deed: 'To do:',
  phone: 'From a phone, over mobile data',
  phoneText:
    'The host sees the shop from the inside. A phone sees it as your buyers do: switch its Wi-Fi off, scan this code, then load this page again.',
  phoneLink: 'On this very phone: switch the Wi-Fi off and open this address.',
  phoneMinutes: 'The code is valid for ten minutes.',
  qr: 'Code to scan',
  mail: 'Trial of mail',
  mailText: 'See whether it arrives, and whether it arrives as spam.',
  noMail: 'No mail is set up: see MAIL_FROM in the settings of the host.',
  mailTo: 'Your e-mail address',
  mailSend: 'Send the trial',
  mailSent: (to) => `The trial has left for ${to}.`,
  mailRefused: (reason) =>
    `The trial did not leave (${reason}). Check the address and the mail settings, then try again.`,
  mailWait: (minutes) => `Too many trials: wait ${minutes} min, then try again.`,
  mailWrong: 'This e-mail address does not look right. Correct it.',
}

export const checkUpWords = deskDictionary<CheckUpWords>({ fr, en })
