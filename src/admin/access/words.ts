import { deskDictionary } from '../../words/words.ts'
import type { PasswordFault } from './new-password.ts'

/** Signing in to the desk, and a person's own access. */
const fr = {
  door: {
    title: 'Entrer dans le bureau',
    login: 'Votre identifiant',
    password: 'Votre mot de passe',
    enter: 'Entrer',
    wrong: 'L’identifiant ou le mot de passe n’est pas le bon.',
    wait: (time: string) =>
      `Il y a eu plusieurs essais. Attendez ${time}, puis réessayez. Rien n’est bloqué.`,
    asked:
      'Quelqu’un essaie beaucoup de mots de passe en ce moment. Répondez à la petite question, et donnez votre mot de passe encore une fois.',
    or: 'Ou sans mot de passe :',
    withKey: 'Entrer avec une clé d’accès',
    forgotten: 'Mot de passe oublié ?',
    forgottenHelp:
      'La personne qui tient la boutique peut envoyer un nouveau lien à son équipe, depuis « Mon accès ». Si c’est vous qui la tenez : lancez « npm run access » chez votre hébergeur. Un lien s’affiche pour choisir un nouveau mot de passe.',
    noOwner: 'Ce bureau n’a pas encore de responsable.',
    noOwnerHelp:
      'Pour l’ouvrir la première fois, prenez l’adresse qui s’affiche là où la boutique a été lancée (après « npm start » ou « npm run migrate »).',
    out: 'Vous êtes déconnecté.',
    over: 'Votre session a pris fin. Ce que vous avez écrit est conservé : entrez, et il part tel quel.',
    fileAgain: 'Le fichier, lui, sera à choisir de nouveau.',
    overTooLarge:
      'Votre session a pris fin, et le fichier était trop lourd pour être gardé ici. Ouvrez le bureau dans un autre onglet et entrez. Puis, dans cet onglet-ci, revenez en arrière\u00a0: votre texte y est encore, renvoyez-le.',
  },
  stepUp: {
    title: 'C’est bien vous ?',
    lead: 'Ce que vous demandez touche à l’accès à la boutique ou à tout ce qu’elle contient. Confirmez que c’est vous : rien n’est encore fait. La boutique s’en souvient cinq minutes.',
    kept: 'Ce que vous avez préparé est conservé, et part dès que c’est fait.',
    go: 'Continuer',
    withKey: 'Continuer avec une clé d’accès',
    keyNeedsScript:
      'Vous entrez avec une clé d’accès : ouvrez cette page dans le navigateur de votre téléphone (Chrome ou Safari), et non dans une autre application.',
    forgottenOwner:
      'Sur cPanel : « Setup Node.js App », bouton « Run JS script », puis « access ». Ailleurs : « npm run access ». Un lien s’affiche pour choisir un nouveau mot de passe ; les anciennes clés d’accès n’ouvriront plus.',
    forgottenHelper:
      'Demandez un nouveau lien à la personne qui tient la boutique : il sert à choisir un nouveau mot de passe.',
    back: 'Revenir à l’accueil du bureau',
  },
  elsewhere: { title: 'Un instant…', text: 'Votre bureau s’ouvre.', go: 'Continuer' },
  setup: {
    title: 'Ouvrir votre bureau',
    lead: 'C’est la première fois. Vous devenez responsable de la boutique : choisissez comment vous entrerez.',
    name: 'Votre nom',
    nameHint: 'Il s’affichera à côté de vos actions. Exemple : Moussa',
    loginHint: 'Ce que vous taperez pour entrer. Exemple : moussa',
    make: 'Ouvrir mon bureau',
    late: 'Quelqu’un vient d’ouvrir ce bureau, juste avant vous.',
    lateHelp:
      'Si ce n’est pas une personne que vous connaissez, changez APP_SECRET chez votre hébergeur et recommencez avec une base de données neuve.',
    toDoor: 'Aller à l’entrée',
  },
  invitation: {
    title: (name: string) => `Bonjour ${name}`,
    lead: 'Choisissez un mot de passe. Vous entrerez avec lui et avec cet identifiant :',
    set: 'Enregistrer et entrer',
    over: 'Ce lien n’ouvre plus rien.',
    overHelp:
      'Il a déjà servi, ou il a plus de sept jours. Demandez un nouveau lien à la personne qui tient la boutique.',
  },
  password: {
    chosen: 'Mot de passe',
    show: 'Montrer le mot de passe',
    hide: 'Cacher le mot de passe',
    hint: 'Au moins 12 caractères. Le plus simple : quatre mots sans lien entre eux, comme « lagune tambour vendredi citron » (mais pas ceux-là).',
    faults: {
      short: 'Il est trop court : 12 caractères au moins, les espaces comptent.',
      long: 'Il est trop long : 128 caractères au plus.',
      login: 'Il ressemble trop à votre identifiant. Ajoutez des mots qui n’ont rien à voir.',
      simple: 'Il est trop facile à deviner : ce sont des touches qui se suivent ou se répètent.',
      common:
        'C’est un mot de passe très courant, essayé en premier par les voleurs. Choisissez-en un autre.',
    } satisfies Record<PasswordFault, string> as Record<PasswordFault, string>,
  },
  errors: {
    name: 'Écrivez un nom (60 caractères au plus).',
    login: 'De 3 à 40 lettres sans accent, chiffres, points ou tirets. Sans espace.',
    loginTaken: 'Cet identifiant est déjà pris. Choisissez-en un autre.',
    label: 'Donnez un nom à cette clé (60 caractères au plus).',
    present: 'Ce n’est pas votre mot de passe actuel.',
  },
  welcome: {
    title: (name: string) => `Bienvenue, ${name}`,
    text: 'Votre bureau est ouvert. La prochaine fois, vous entrerez avec votre identifiant et votre mot de passe.',
    later: 'Aller au bureau',
  },
  account: {
    title: 'Mon accès',
    done: {
      'mot-de-passe': 'Votre mot de passe est changé. Vos autres appareils devront se reconnecter.',
      appareil: 'Cet appareil est déconnecté.',
      appareils: 'Tous les autres appareils sont déconnectés.',
      cle: 'Votre clé d’accès est prête : la prochaine fois, entrez avec elle.',
      nom: 'Le nom de la clé est changé.',
      retiree: 'La clé est retirée : elle n’ouvre plus rien.',
      derniere: 'Cette clé est votre seule façon d’entrer : elle reste.',
    } as Record<string, string>,
    devices: 'Vos appareils',
    devicesLead:
      'Là où le bureau est ouvert à votre nom. Un appareil est déconnecté après douze heures sans visite, et au plus tard après trente jours.',
    device: (browser: string, system: string) =>
      browser && system ? `${browser} sur ${system}` : browser || system || 'Appareil inconnu',
    here: 'celui-ci',
    since: (date: string) => `Ouvert le ${date}`,
    seen: (date: string) => `dernière visite le ${date}`,
    stop: 'Arrêter',
    stopLabel: (device: string) => `Déconnecter ${device}`,
    stopOthers: 'Déconnecter tous les autres',
    keys: 'Clés d’accès',
    keysLead:
      'Une clé d’accès reste dans votre téléphone et s’ouvre avec votre doigt, votre visage ou le code de l’écran. Elle est plus sûre qu’un mot de passe, et il n’y a rien à taper.',
    noKeys: 'Vous n’en avez pas encore.',
    addKey: 'Ajouter une clé sur cet appareil',
    keyNeedsScript:
      'Pour en ajouter une, ouvrez cette page dans le navigateur de votre téléphone (Chrome ou Safari), et non dans une autre application.',
    keyAdded: (date: string) => `Ajoutée le ${date}`,
    keyUsed: (date: string) => `utilisée le ${date}`,
    keyNeverUsed: 'pas encore utilisée',
    keyChange: 'Changer le nom ou retirer',
    keyLabel: 'Nom de la clé',
    rename: 'Changer le nom',
    remove: 'Retirer cette clé',
    changePassword: 'Changer de mot de passe',
    presentPassword: 'Mot de passe actuel',
    presentForgotten: 'Vous l’avez oublié ? Confirmez avec une clé d’accès.',
    newPassword: 'Nouveau mot de passe',
    change: 'Changer le mot de passe',
  },
  team: {
    title: 'Votre équipe',
    settingsLead: 'Les personnes qui vous aident entrent avec leur propre nom.',
    lead: 'Un assistant s’occupe des livres et des commandes. Il ne voit pas les réglages, ne rembourse pas et n’efface personne.',
    none: 'Personne d’autre pour l’instant.',
    add: 'Inviter quelqu’un',
    name: 'Son nom',
    nameHint: 'Il s’affichera à côté de ses actions. Exemple : Fatou',
    login: 'Son identifiant',
    loginHint: 'Ce que cette personne tapera pour entrer. Exemple : fatou',
    invite: 'Préparer l’invitation',
    loginIs: (login: string) => `Identifiant : ${login}`,
    invitedUntil: (date: string) =>
      `Envoyez ce lien à cette personne seulement. Il sert une fois, jusqu’au ${date}.`,
    invitationOver: 'L’invitation n’est plus valable.',
    seen: (date: string) => `Dernière visite : ${date}`,
    notSeen: 'N’est connecté sur aucun appareil.',
    link: 'Lien d’invitation',
    whatsapp: 'Envoyer par WhatsApp',
    message: (name: string, link: string) =>
      `Bonjour ${name}, voici le lien pour entrer dans le bureau de la boutique et choisir votre mot de passe : ${link}`,
    again: 'Faire un nouveau lien',
    againHelp:
      'Pour un mot de passe oublié, ou un lien perdu. L’ancien lien ne marchera plus ; une fois le nouveau utilisé, les clés d’accès de cette personne non plus.',
    end: 'Arrêter son accès',
    endHelp: 'Cette personne est déconnectée tout de suite, sur tous ses appareils.',
    more: (name: string) => `Changer l’accès de ${name}`,
    done: {
      invitation: 'L’invitation est prête. Envoyez le lien.',
      lien: 'Un nouveau lien est prêt. L’ancien ne marche plus.',
      fin: 'L’accès est arrêté.',
    } as Record<string, string>,
    back: 'Tous les réglages',
  },
  key: {
    failed: 'La clé n’a pas été acceptée. Réessayez, ou entrez avec votre mot de passe.',
    cancelled: 'Rien n’a été fait. Vous pouvez réessayer.',
    known: 'Cette clé est déjà connue, ou vous en avez déjà dix.',
    already: 'Cet appareil a déjà une clé pour cette boutique.',
    offline: 'La connexion a échoué. Réessayez.',
  },
  seconds: (count: number) => `${count} seconde${count > 1 ? 's' : ''}`,
  minutes: (count: number) => `${count} minute${count > 1 ? 's' : ''}`,
}

export type AccessWords = typeof fr

const en: AccessWords = {
  door: {
    title: 'Sign in to the desk',
    login: 'Your login',
    password: 'Your password',
    enter: 'Sign in',
    wrong: 'The login or the password is not the right one.',
    wait: (time) => `There were several tries. Wait ${time}, then try again. Nothing is locked.`,
    asked:
      'Somebody is trying many passwords right now. Answer the little question, and give your password once more.',
    or: 'Or without a password:',
    withKey: 'Sign in with a passkey',
    forgotten: 'Forgot the password?',
    forgottenHelp:
      'Whoever runs the shop can send their team a new link, from the settings, “Your team”. If that is you: run “npm run access” at your host. It shows a link to choose a new password.',
    noOwner: 'Nobody is in charge of this desk yet.',
    noOwnerHelp:
      'To open it for the first time, take the address that is shown where the shop was started (after “npm start” or “npm run migrate”).',
    out: 'You are signed out.',
    over: 'Your session has ended. What you wrote is kept: sign in, and it is sent as it was.',
    fileAgain: 'The file has to be chosen again.',
    overTooLarge:
      'Your session has ended, and the file was too large to be kept here. Open the desk in another tab and sign in. Then, in this tab, go back: your text is still there, send it again.',
  },
  stepUp: {
    title: 'Is this you?',
    lead: 'What you ask for affects access to the shop, or everything in it. Confirm that it is you: nothing is done yet. The shop remembers it for five minutes.',
    kept: 'What you prepared is kept, and is sent as soon as that is done.',
    go: 'Continue',
    withKey: 'Continue with a passkey',
    keyNeedsScript:
      'You sign in with a passkey: open this page in your phone’s browser (Chrome or Safari), not inside another application.',
    forgottenOwner:
      'On cPanel: “Setup Node.js App”, button “Run JS script”, then “access”. Elsewhere: “npm run access”. It shows a link to choose a new password; earlier passkeys stop working.',
    forgottenHelper: 'Ask whoever runs the shop for a new link: with it you choose a new password.',
    back: 'Back to the desk’s first page',
  },
  elsewhere: { title: 'One moment…', text: 'Your desk is opening.', go: 'Continue' },
  setup: {
    title: 'Open your desk',
    lead: 'This is the first time. You are taking charge of the shop: choose how you will sign in.',
    name: 'Your name',
    nameHint: 'It is shown beside what you do. Example: Moussa',
    loginHint: 'What you will type to sign in. Example: moussa',
    make: 'Open my desk',
    late: 'Somebody opened this desk just before you.',
    lateHelp:
      'If it is nobody you know, change APP_SECRET at your host and start again with a new database.',
    toDoor: 'Go to the entrance',
  },
  invitation: {
    title: (name) => `Hello ${name}`,
    lead: 'Choose a password. You will sign in with it and with this login:',
    set: 'Save and sign in',
    over: 'This link no longer opens anything.',
    overHelp:
      'It was used already, or it is more than seven days old. Ask whoever runs the shop for a new one.',
  },
  password: {
    chosen: 'Password',
    show: 'Show the password',
    hide: 'Hide the password',
    hint: 'At least 12 characters. The simplest: four words that have nothing in common, such as “lagoon drum friday lemon” (but not those).',
    faults: {
      short: 'It is too short: at least 12 characters, spaces count.',
      long: 'It is too long: 128 characters at most.',
      login: 'It looks too much like your login. Add words that have nothing to do with it.',
      simple: 'It is too easy to guess: keys in a row, or repeated.',
      common: 'It is a very common password, tried first by thieves. Choose another one.',
    },
  },
  errors: {
    name: 'Write a name (60 characters at most).',
    login: 'From 3 to 40 letters without accents, digits, dots or dashes. No space.',
    loginTaken: 'This login is taken. Choose another one.',
    label: 'Give this key a name (60 characters at most).',
    present: 'This is not your current password.',
  },
  welcome: {
    title: (name) => `Welcome ${name}`,
    text: 'Your desk is open. Next time, sign in with your login and your password.',
    later: 'Go to the desk',
  },
  account: {
    title: 'My access',
    done: {
      'mot-de-passe': 'Your password is changed. Your other devices have to sign in again.',
      appareil: 'That device is signed out.',
      appareils: 'All other devices are signed out.',
      cle: 'Your passkey is ready: sign in with it next time.',
      nom: 'The key has its new name.',
      retiree: 'The key is removed: it no longer works.',
      derniere: 'This key is your only way in: it stays.',
    },
    devices: 'Your devices',
    devicesLead:
      'Where you are signed in under your name. A device is signed out after twelve hours without a visit, and after thirty days at the latest.',
    device: (browser, system) =>
      browser && system ? `${browser} on ${system}` : browser || system || 'Unknown device',
    here: 'this one',
    since: (date) => `Signed in on ${date}`,
    seen: (date) => `last visit on ${date}`,
    stop: 'End',
    stopLabel: (device) => `End ${device}`,
    stopOthers: 'End all the others',
    keys: 'Passkeys',
    keysLead:
      'A passkey stays in your phone and opens with your finger, your face or the code of the screen. It is safer than a password, and there is nothing to type.',
    noKeys: 'You have none yet.',
    addKey: 'Add a key on this device',
    keyNeedsScript:
      'To add one, open this page in your phone’s browser (Chrome or Safari), not inside another application.',
    keyAdded: (date) => `Added on ${date}`,
    keyUsed: (date) => `used on ${date}`,
    keyNeverUsed: 'not used yet',
    keyChange: 'Rename or remove',
    keyLabel: 'Name of the key',
    rename: 'Rename',
    remove: 'Remove this key',
    changePassword: 'Change your password',
    presentPassword: 'Current password',
    presentForgotten: 'Forgotten it? Confirm with a passkey.',
    newPassword: 'New password',
    change: 'Change the password',
  },
  team: {
    title: 'Your team',
    settingsLead: 'People who help you sign in under their own name.',
    lead: 'A helper looks after books and orders. Helpers do not see the settings, refund nothing and erase nobody.',
    none: 'Nobody else for now.',
    add: 'Invite somebody',
    name: 'Their name',
    nameHint: 'It is shown beside what they do. Example: Fatou',
    login: 'Their login',
    loginHint: 'What they will type to sign in. Example: fatou',
    invite: 'Prepare the invitation',
    loginIs: (login) => `Login: ${login}`,
    invitedUntil: (date) => `Send this link to that person only. It works once, until ${date}.`,
    invitationOver: 'The invitation is no longer valid.',
    seen: (date) => `Last seen on ${date}`,
    notSeen: 'Not signed in on any device.',
    link: 'Invitation link',
    whatsapp: 'Send by WhatsApp',
    message: (name, link) =>
      `Hello ${name}, here is the link to enter the shop’s desk and choose your password: ${link}`,
    again: 'Make a new link',
    againHelp:
      'For a forgotten password, or a lost link. The old link stops working; once the new one is used, so do this person’s passkeys.',
    end: 'End their access',
    endHelp: 'This person is signed out at once, on every device.',
    more: (name) => `Change the access of ${name}`,
    done: {
      invitation: 'The invitation is ready. Send the link.',
      lien: 'A new link is ready. The old one no longer works.',
      fin: 'The access has ended.',
    },
    back: 'All settings',
  },
  key: {
    failed: 'The key was not accepted. Try again, or sign in with your password.',
    cancelled: 'Nothing was done. You can try again.',
    known: 'This key is known already, or you have ten of them.',
    already: 'This device already has a key for this shop.',
    offline: 'The connection failed. Try again.',
  },
  seconds: (count) => `${count} second${count === 1 ? '' : 's'}`,
  minutes: (count) => `${count} minute${count === 1 ? '' : 's'}`,
}

export const accessWords = deskDictionary<AccessWords>({ fr, en })

/** How long to wait, in seconds, minutes or hours. */
export const waitIn = (words: AccessWords, waitS: number) =>
  waitS < 100 ? words.seconds(waitS) : words.minutes(Math.ceil(waitS / 60))
