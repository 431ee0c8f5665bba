import { deskDictionary } from '../../words/words.ts'

/** How alerts come to a phone, step by step. */
const fr = {
  lead: 'Choisissez une méthode, et suivez les étapes avec votre téléphone. Cinq minutes suffisent.',
  ntfy: {
    title: 'Avec l’application ntfy (le plus simple)',
    install: 'Installez l’application gratuite ntfy :',
    android: 'sur Android',
    iphone: 'sur iPhone',
    open: 'Sur un Android, touchez ensuite',
    openLink: 'suivre les alertes de ma boutique',
    add: 'Sinon, dans l’application, touchez « + » et collez ce nom :',
    copy: 'Copier le nom',
    copied: 'Nom copié',
    secret: 'Gardez ce nom pour vous : toute personne qui le connaît peut lire vos alertes.',
    scan: 'Vous lisez cette page sur un ordinateur ? Scannez ce code avec le téléphone.',
    qr: 'Code à scanner pour suivre les alertes',
    try: 'Envoyer un essai avec ntfy',
  },
  telegram: {
    title: 'Avec Telegram',
    make: 'Ouvrez',
    makeMore:
      'dans Telegram, touchez « Démarrer » et envoyez /newbot. Choisissez un nom, puis un identifiant qui finit par « bot ». BotFather répond avec une clé.',
    paste: 'Copiez la clé que BotFather vous a donnée, et collez-la ici.',
    token: 'Clé du robot',
    tokenHint: 'Elle ressemble à 123456789:AAExemple. Ne la donnez à personne.',
    write: 'Ouvrez votre robot (le lien t.me que BotFather vous a donné) et touchez « Démarrer ».',
    find: 'Trouver ma conversation et envoyer un essai',
    silent: (bot: string) =>
      `Le robot @${bot} n’a encore reçu aucun message. Ouvrez-le, touchez « Démarrer », puis revenez ici et recommencez.`,
    open: (bot: string) => `Ouvrir @${bot} dans Telegram`,
    unknown: 'Telegram ne connaît pas cette clé. Copiez-la en entier depuis BotFather.',
    failed: (reason: string) =>
      `Telegram n’a pas répondu comme prévu (${reason}). Recommencez dans un instant.`,
  },
  mail: {
    title: 'Par e-mail',
    sent: (address: string) => `Les alertes partent aussi par e-mail à ${address}.`,
    noAddress: 'Pour les recevoir aussi par e-mail, donnez l’adresse de la boutique.',
    toShop: 'Donner l’adresse',
    none: 'Cette boutique n’envoie pas d’e-mails : demandez à la personne qui l’a installée de les activer.',
  },
  byHand: 'Ou écrivez l’adresse vous-même',
  keep: 'L’essai est arrivé ? Enregistrez.',
}

const en: typeof fr = {
  lead: 'Choose a way, and follow the steps with your phone. Five minutes are enough.',
  ntfy: {
    title: 'With the ntfy app (the simplest)',
    install: 'Install the free ntfy app:',
    android: 'on Android',
    iphone: 'on iPhone',
    open: 'On Android, then tap',
    openLink: 'follow my shop’s alerts',
    add: 'Otherwise, tap “+” in the app and paste this name:',
    copy: 'Copy the name',
    copied: 'Name copied',
    secret: 'Keep this name to yourself: whoever knows it reads your alerts.',
    scan: 'Reading this on a computer? Scan this code with the phone.',
    qr: 'Code to scan to follow the alerts',
    try: 'Send a test with ntfy',
  },
  telegram: {
    title: 'With Telegram',
    make: 'Open',
    makeMore:
      'in Telegram, tap “Start” and send /newbot. Choose a name, then a username that ends in “bot”. BotFather answers with a key.',
    paste: 'Copy the key that BotFather gave you, and paste it here.',
    token: 'The bot’s key',
    tokenHint: 'It looks like 123456789:AAExample. Give it to nobody.',
    write: 'Open your bot (the t.me link that BotFather gave you) and tap “Start”.',
    find: 'Find my chat and send a test',
    silent: (bot) =>
      `The bot @${bot} has received no message yet. Open it, tap “Start”, then come back here and try again.`,
    open: (bot) => `Open @${bot} in Telegram`,
    unknown: 'Telegram does not know this key. Copy all of it from BotFather.',
    failed: (reason) => `Telegram did not answer as expected (${reason}). Try again in a moment.`,
  },
  mail: {
    title: 'By e-mail',
    sent: (address) => `Alerts also go by e-mail to ${address}.`,
    noAddress: 'To get them by e-mail, too, give the shop’s address.',
    toShop: 'Give the address',
    none: 'This shop sends no e-mail: ask the person who installed it to switch it on.',
  },
  byHand: 'Or enter the address yourself',
  keep: 'Did the test arrive? Save.',
}

export const alertWords = deskDictionary({ fr, en })
