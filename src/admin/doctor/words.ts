import { deskDictionary } from '../../words/words.ts'
const fr = {
  title: 'Diagnostic',
  link: 'Ce qui marche, ce qui manque, et quoi faire.',
  lead: 'La boutique vérifie tout ce qu’il faut pour vendre. Elle ne change rien.',
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
  mailText: 'Vérifiez qu’il arrive, et pas dans les indésirables.',
  noMail: 'Aucun e-mail n’est réglé : voyez MAIL_FROM dans les réglages de l’hébergement.',
  mailTo: 'Votre adresse e-mail',
  mailSend: 'Envoyer l’essai',
  mailSent: (to: string) => `L’essai est parti pour ${to}.`,
  mailFailed: {
    later:
      'L’essai n’est pas parti : le serveur d’envoi ne répond pas, ou ne reconnaît pas le compte de la boutique. Réessayez dans une minute ; si cela continue, vérifiez les réglages d’e-mail de l’hébergement.',
    refused:
      'L’essai n’est pas parti : le serveur d’envoi refuse cette adresse, ou celle de la boutique (MAIL_FROM). Vérifiez-les, puis réessayez.',
  },
  mailWait: (minutes: number) => `Trop d’essais : attendez ${minutes} min, puis recommencez.`,
  mailWrong: 'Cette adresse e-mail ne semble pas valide. Corrigez-la.',
}

const en: typeof fr = {
  title: 'Check-up',
  link: 'What works, what is missing, and what to do.',
  lead: 'The shop checks everything a sale needs. It changes nothing.',
  examine: 'Examine the shop',
  again: 'Examine again',
  patience: 'This takes a few seconds, fifteen at most.',
  now: 'Right now',
  red: (count) => (count === 1 ? 'One thing to fix' : `${count} things to fix`),
  advice: 'Good to know',
  green: 'What works',
  allWell: 'All is well.',
  marks: { bad: 'to fix', soft: 'good to know', good: 'fine' },
  deed: 'To do:',
  phone: 'From a phone, over mobile data',
  phoneText:
    'The host sees the shop from the inside. A phone sees it as your buyers do: switch its Wi-Fi off, scan this code, then load this page again.',
  phoneLink: 'On this very phone: switch the Wi-Fi off and open this address.',
  phoneMinutes: 'The code is valid for ten minutes.',
  qr: 'Code to scan',
  mail: 'Test e-mail',
  mailText: 'Check that it arrives, and not as spam.',
  noMail: 'No mail is set up: see MAIL_FROM in the settings of the host.',
  mailTo: 'Your e-mail address',
  mailSend: 'Send the test',
  mailSent: (to) => `The test was sent to ${to}.`,
  mailFailed: {
    later:
      'The test was not sent: the mail server does not answer, or does not know the shop’s account. Try again in a minute; if this goes on, check the mail settings of the host.',
    refused:
      'The test was not sent: the mail server refuses this address, or the shop’s own (MAIL_FROM). Check them, then try again.',
  },
  mailWait: (minutes) => `Too many tests: wait ${minutes} min, then try again.`,
  mailWrong: 'This e-mail address does not look valid. Correct it.',
}

export const checkUpWords = deskDictionary({ fr, en })
