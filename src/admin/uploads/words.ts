import type { FileStamp, FileStampChoice, StampShown } from '../../data/books/file-stamps.ts'
import type { UploadFault } from '../../data/books/uploads.ts'
import type { SendingWords } from '../../views/browser/send-in-pieces.ts'
import { playingTime } from '../../words/download-time.ts'
import { pluralIn } from '../../words/plural.ts'
import { deskDictionary } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import type { WhatFault } from '../../files/uploads/what.ts'

/** A sentence, or a function that makes one from what was found. */
type FaultSentence = string | ((detail: string) => string)

/**
 * Which part cannot be read: everything from a page on, one page, several, or something else in the
 * file.
 */
type Places = {
  toEnd: (page: string) => string
  one: (page: string) => string
  several: (pages: string) => string
  to: string
  other: string
}
const PLACES_FR: Places = {
  toEnd: (page) => `à partir de la page ${page}, il n’y a rien`,
  one: (page) => `à la place de la page ${page}, il n’y a rien`,
  several: (pages) => `à la place des pages ${pages}, il n’y a rien`,
  to: ' à ',
  other: 'il a des trous, là où devraient être du texte ou des images',
}
const PLACES_EN: Places = {
  toEnd: (page) => `from page ${page} on there is nothing`,
  one: (page) => `there is nothing in the place of page ${page}`,
  several: (pages) => `there is nothing in the place of pages ${pages}`,
  to: ' to ',
  other: 'there are holes in it where text or pictures should be',
}

/** Pages as the check lists them: `3, 21-40`; `21-` means to the end. */
function emptyPages(pages: string, { toEnd, one, several, to, other }: Places): string {
  if (pages === '') return other
  if (/^\d+$/.test(pages)) return one(pages)
  if (/^\d+-$/.test(pages)) return toEnd(pages.slice(0, -1))
  return several(pages.replace(/-$/, '…').replaceAll('-', to))
}

/** `3`; `3, 21-40`. */
const pagesOf = (pages: string, one: string, several: string, { to }: Places) =>
  `${/^\d+$/.test(pages) ? one : several} ${pages.replace(/-$/, '…').replaceAll('-', to)}`

/** « partie 2 sur 3, La pluie (c2.xhtml) » */
const inWords = (place: string, part: string, of: string) =>
  place.replace(/^(\d+)\/(\d+)/, `${part} $1 ${of} $2`)
const timesIn = (seconds: string) => seconds.split('/').map((text) => playingTime(Number(text)))

const fr = {
  title: 'Envoyer un fichier',
  slot: 'Quel fichier ?',
  main: 'Le livre lui-même',
  newMain: 'Nouvelle version du livre',
  newVersion: (title: string) => `Nouvelle version : ${title}`,
  newLight: 'Une édition légère du livre (plus petite, même texte)',
  theLight: 'l’édition légère',
  newSample: 'Un extrait gratuit, pour tous',
  newFile: 'Un autre fichier (EPUB, audio…)',
  sample: 'l’extrait',
  name: 'Son nom',
  nameHint: 'Ce que l’acheteur lira, par exemple « Chapitre 1, à écouter ».',
  file: 'Le fichier',
  types: 'PDF, EPUB, MP3 ou M4A (livre audio).',
  upToSimple: 'Jusqu’à 32 Mo. Avec un navigateur récent, vous pouvez envoyer jusqu’à 500 Mo.',
  upTo: 'Jusqu’à 500 Mo. Si le réseau coupe, l’envoi reprend tout seul. Vous pouvez aussi fermer la page et reprendre un autre jour : choisissez le même fichier.',
  send: 'Envoyer',
  version:
    'Les acheteurs d’avant reçoivent aussi la nouvelle version, sur leur page de commande. Un fichier d’un autre format ne remplace rien : il est ajouté à côté.',
  refusals: {
    'no-file': 'Choisissez un fichier qui n’est pas vide.',
    'too-large': 'Ce fichier est trop gros : 500 Mo au plus.',
    slot: 'Choisissez dans la liste ce qu’est ce fichier.',
    title: 'Le nom a 100 caractères au plus.',
    'title-missing': 'Donnez un nom à ce fichier : l’acheteur le lira.',
  } satisfies Record<WhatFault, string>,
  tooLargeForSimple:
    'Ce fichier est trop gros pour cet envoi : 32 Mo au plus. Avec un navigateur récent (Chrome, Firefox), vous pouvez envoyer jusqu’à 500 Mo.',
  tooLargeForForm:
    'Ce fichier est trop gros pour ce formulaire : 32 Mo au plus. Revenez en arrière : ce que vous avez écrit y est encore. Enlevez le fichier, créez le livre, puis envoyez le fichier avec un navigateur récent (Chrome, Firefox), jusqu’à 500 Mo.',
  tooMany: 'Trop d’envois sont commencés et pas finis. Finissez-en ou abandonnez-en un d’abord.',
  full: 'Le disque de l’hébergement est plein. Faites de la place, puis envoyez à nouveau.',
  pieceLength: 'Ce morceau n’a pas la bonne taille.',
  script: {
    out: 'Vous n’êtes plus connecté. Ouvrez le bureau dans un autre onglet, entrez, puis appuyez de nouveau ici : rien n’est perdu.',
    unread: 'Le téléphone ne lit plus ce fichier. Choisissez-le à nouveau : l’envoi reprendra.',
    offline: 'Le réseau est coupé. L’envoi reprendra tout seul.',
    trouble: 'Le serveur ne répond pas. Nouvel essai dans un instant.',
    checking: 'Tout est arrivé. Nous vérifions le fichier…',
    failed: 'L’envoi est refusé par le serveur.',
    again: 'Reprendre l’envoi',
    left: 'reste',
    rate: 'Mo/s',
  } satisfies SendingWords,
  states: {
    open: {
      title: 'L’envoi n’est pas fini.',
      text: 'Pour continuer, retournez à la page du livre et choisissez le même fichier : ce qui est arrivé n’est pas à renvoyer. Un envoi commencé est gardé 7 jours.',
    },
    arrived: {
      title: 'Tout est arrivé.',
      text: 'Il reste à vérifier le fichier. Cela prend quelques secondes.',
    },
    checking: {
      title: 'Nous vérifions le fichier.',
      text: 'Cette page se met à jour toute seule.',
    },
    published: {
      title: 'Le fichier est en place.',
      text: 'Il a été lu en entier : il est complet et il s’ouvre.',
      pages: 'Il a été lu en entier : toutes ses pages sont là, et il s’ouvre.',
      sound: 'Il a été lu en entier : il s’écoute jusqu’à la fin.',
      sample: 'C’est l’extrait : tout le monde peut le lire.',
      beside:
        'Il n’a pas le format de celui que les acheteurs ont déjà : il est ajouté à côté, et ne le remplace pas. Ils reçoivent les deux.',
    },
    /** The remark itself is shown below this. */
    mended: {
      title: 'Le fichier est en place.',
      text: 'Il a été lu en entier : toutes ses pages y sont.',
    },
    unverified: { title: 'Le fichier est en place.', text: 'Il s’ouvre.' },
    lacking: {
      title: 'Le fichier est en place.',
      text: 'Il a été lu en entier : il s’ouvre, et il y manque quelque chose.',
    },
    refused: {
      title: 'Ce fichier n’a pas été accepté.',
      text: 'Rien n’a changé pour vos acheteurs.',
    },
    givenUp: {
      title: 'L’envoi est abandonné.',
      text: 'Rien n’a changé pour vos acheteurs.',
    },
  },
  faults: {
    'other-type':
      'Ce n’est ni un PDF, ni un EPUB, ni un MP3, ni un M4A. Depuis Word : Fichier, Enregistrer sous, PDF. Un enregistrement : exportez-le en M4A ou en MP3.',
    'pdf-broken':
      'Ce PDF ne s’ouvre pas : il est abîmé. Enregistrez-le à nouveau, puis renvoyez-le.',
    'pdf-cut':
      'La fin de ce PDF manque : la copie que vous avez est incomplète. Retrouvez le fichier entier.',
    'pdf-empty': 'Ce PDF n’a aucune page.',
    'pdf-damaged': (pages) =>
      `Ce PDF est abîmé : ${emptyPages(pages, PLACES_FR)}. La copie que vous avez n’est pas entière : retrouvez le fichier d’origine, ou enregistrez-le à nouveau, puis renvoyez-le.`,
    'pdf-password':
      'Ce PDF demande un mot de passe pour s’ouvrir : vos acheteurs ne pourraient pas le lire. Enregistrez-le sans mot de passe.',
    'pdf-lacking': (pages) =>
      `Il manque une partie de ce que montre ${pagesOf(pages, 'la page', 'les pages', PLACES_FR)}. Comparez avec l’original ; si c’est bien un défaut, enregistrez le livre à nouveau, puis renvoyez-le.`,
    'pdf-unverified':
      'Ce PDF est trop grand pour que chaque page soit vérifiée ici. Parcourez-le une fois avant de le vendre.',
    'epub-broken':
      'Cet EPUB est incomplet ou abîmé : sa fin manque, ou il ne s’ouvre pas. Retrouvez le fichier entier, ou exportez-le à nouveau.',
    'epub-damaged': (place) =>
      `Cet EPUB est abîmé à cet endroit : ${inWords(place, 'partie', 'sur')}. Vos acheteurs ne pourraient pas tout lire. Exportez-le à nouveau, puis renvoyez-le.`,
    'epub-empty': (name) =>
      `Cet EPUB ne s’ouvre pas : il ne dit pas où le livre commence${name && `, ou ce fichier lui manque, ou est vide : ${name}`}. Exportez-le à nouveau, depuis Calibre ou Sigil par exemple.`,
    'epub-locked':
      'Cet EPUB est verrouillé par la librairie qui l’a vendu (DRM) : vos acheteurs ne pourraient pas l’ouvrir. Envoyez le fichier d’origine, celui de l’auteur ou de l’éditeur.',
    'epub-too-much':
      'Cet EPUB est trop lourd à vérifier : une fois décompressé, il dépasse de loin sa taille, ou il contient trop de fichiers. Exportez-le à nouveau, depuis Calibre ou Sigil par exemple.',
    'epub-packing':
      'Cet EPUB est mal assemblé, mais il s’ouvre quand même : son fichier « mimetype » n’est pas à sa place, ou un nom y est deux fois. Des applications très strictes peuvent le refuser. Pour y remédier, ouvrez-le dans Calibre ou Sigil, enregistrez-le et envoyez-le à nouveau.',
    'epub-missing': (place) =>
      `Cet EPUB s’ouvre, mais un chapitre qu’il annonce n’y est pas, ou est vide : ${inWords(place, 'partie', 'sur')}. S’il doit y être, exportez le livre à nouveau et renvoyez-le.`,
    'too-much-work':
      'Ce PDF est trop lourd à vérifier : une fois décompressé, il dépasse de loin sa taille, ou il est fait d’une façon très compliquée. Ouvrez-le, choisissez « Imprimer », puis « Enregistrer au format PDF », et envoyez ce nouveau fichier.',
    'mp3-broken': 'Ce MP3 ne contient pas de son lisible. Exportez-le à nouveau.',
    'mp3-layer':
      'Ce son est dans un format plus ancien que le MP3 (MP1 ou MP2) : les navigateurs ne le lisent pas. Exportez-le en MP3.',
    'm4a-broken': 'Ce M4A ne contient pas de son lisible. Exportez-le à nouveau, en M4A ou en MP3.',
    'm4a-cut':
      'La fin de ce son manque : l’enregistrement ou la copie s’est arrêté trop tôt. Retrouvez le fichier entier, ou exportez-le à nouveau.',
    'm4a-codec':
      'Ce son est dans un format que peu de téléphones lisent. Exportez-le en M4A (AAC) ou en MP3.',
    'sound-locked':
      'Ce livre audio est verrouillé par la librairie qui l’a vendu (DRM) : vos acheteurs ne pourraient pas l’écouter. Envoyez le fichier d’origine, en M4A ou en MP3.',
    'sound-short': (seconds) =>
      `Ce son annonce ${timesIn(seconds)[1]}, mais s’arrête après ${timesIn(seconds)[0]} : il est peut-être coupé. Écoutez sa fin ; si elle manque, envoyez le fichier entier.`,
    'sound-gap': (seconds) =>
      `Il y a un petit trou dans ce son, vers ${playingTime(Number(seconds))}. Écoutez ce passage ; s’il est abîmé, envoyez le fichier d’origine.`,
    'sound-hole': (seconds) =>
      `Ce fichier est abîmé : à partir de ${playingTime(Number(seconds))}, il n’y a plus de son. La copie que vous avez n’est pas entière : retrouvez le fichier d’origine, puis renvoyez-le.`,
    film: 'C’est une vidéo. La boutique vend des livres et du son : exportez le son seul, en M4A ou en MP3.',
    'given-up': 'Vous l’avez abandonné, ou il a attendu plus de 7 jours.',
    'owner-password':
      'Ce PDF est verrouillé contre l’impression ou la copie. Il se lit sans mot de passe : vos acheteurs pourront l’ouvrir.',
  } satisfies Record<UploadFault, FaultSentence>,
  versionNumber: (version: number) => `version ${version}`,
  stamp: 'Le nom de l’acheteur au bas des pages (PDF)',
  stampHint:
    'En petit : son nom, la fin de son numéro et le code de sa commande. Ce choix reste celui de ce fichier ; pour en changer, envoyez-le à nouveau.',
  stampChoices: {
    tenth: 'Une page sur dix',
    all: 'Toutes les pages',
    none: 'Aucune page',
  } satisfies Record<FileStampChoice, string>,
  stamped: {
    tenth: 'Tamponné au nom de l’acheteur : oui, une page sur dix.',
    all: 'Tamponné au nom de l’acheteur : oui, toutes les pages.',
    none: 'Vendu sans tampon, comme vous l’avez choisi.',
  } satisfies Record<FileStampChoice, string>,
  unstampable: {
    encrypted: 'Ce PDF est verrouillé : il sera vendu sans tampon.',
    signed: 'Ce PDF est signé, et un tampon casserait la signature : il sera vendu sans tampon.',
    odd: 'Ce PDF est fait d’une façon que nous ne savons pas tamponner : il sera vendu sans tampon.',
    'too-large': 'Ce PDF a trop de pages pour ce tampon : il sera vendu sans tampon.',
    repaired:
      'Ce PDF est un peu abîmé : il s’ouvre parce que les lecteurs le réparent, et un tampon les en empêcherait. Il sera vendu sans tampon. Pour le tamponner, ouvrez-le, enregistrez-le à nouveau, puis renvoyez-le.',
  } satisfies Record<NonNullable<FileStamp['fault']>, string>,
  seen: {
    all: (pages: number) =>
      pages === 1
        ? 'Une copie a été dessinée : le tampon s’y voit.'
        : `Une copie a été dessinée : le tampon se voit sur ses ${pages} pages tamponnées.`,
    some: (looked: number, of: number) =>
      `${looked} des ${of} pages tamponnées d’une copie ont été dessinées : le tampon s’y voit.`,
    unseen: (pages: string, looked: number, of: number) =>
      `Le tampon ne se voit pas sur ces pages : ${pages} (${looked} dessinées sur ${of}). Ouvrez ce PDF, choisissez « Imprimer », puis « Enregistrer au format PDF », et envoyez ce nouveau fichier.`,
    notDrawn: 'Aucune copie n’a été dessinée ici pour voir ce tampon : regardez-le dans une copie.',
  },
  beforeStamps: 'Envoyé avant les tampons, et vendu sans. Pour le tamponner, envoyez-le à nouveau.',
  progress: (percent: number, size: string) => `${percent} % de ${size} sont arrivés.`,
  says: (facts: string) => `D’après le fichier : ${facts}.`,
  chapters: (count: number) => pluralIn('fr')(count, 'chapitre', 'chapitres'),
  complete: 'Reprendre sa table des matières',
  check: 'Vérifier le fichier',
  giveUp: 'Abandonner cet envoi',
  toBook: 'Retour au livre',
  tryAgain: 'Envoyer un autre fichier',
}

const en: typeof fr = {
  title: 'Send a file',
  slot: 'Which file?',
  main: 'The book itself',
  newMain: 'A new version of the book',
  newVersion: (title) => `A new version: ${title}`,
  newLight: 'A light edition of the book (smaller, same text)',
  theLight: 'the light edition',
  newSample: 'A free sample, for everybody',
  newFile: 'Another file (EPUB, audio…)',
  sample: 'the sample',
  name: 'Its name',
  nameHint: 'What the buyer will read, such as “Chapter 1, to listen to”.',
  file: 'The file',
  types: 'PDF, EPUB, MP3 or M4A (audio book).',
  upToSimple: 'Up to 32 MB. With a recent browser you can send up to 500 MB.',
  upTo: 'Up to 500 MB. If the network breaks, sending resumes by itself. You can also close the page and resume another day: choose the same file.',
  send: 'Send',
  version:
    'Earlier buyers get the new version too, on the page of their order. A file of another format replaces nothing: it is added beside.',
  refusals: {
    'no-file': 'Choose a file that is not empty.',
    'too-large': 'This file is too large: 500 MB at most.',
    slot: 'Choose from the list what this file is.',
    title: 'The name has at most 100 letters.',
    'title-missing': 'Give this file a name: the buyer will read it.',
  },
  tooLargeForSimple:
    'This file is too large to be sent this way: 32 MB at most. With a recent browser (Chrome, Firefox) you can send up to 500 MB.',
  tooLargeForForm:
    'This file is too large for this form: 32 MB at most. Go back: what you typed is still there. Take the file out, create the book, then send the file with a recent browser (Chrome, Firefox), up to 500 MB.',
  tooMany: 'Too many files are half sent. Finish one, or give one up, first.',
  full: 'The host’s disk is full. Free some space, then send again.',
  pieceLength: 'This piece is not of the right size.',
  script: {
    out: 'You are no longer signed in. Open the desk in another tab, sign in, then press here again: nothing is lost.',
    unread: 'The phone can no longer read this file. Choose it again: sending will resume.',
    offline: 'The network is gone. Sending will resume by itself.',
    trouble: 'The server does not answer. Trying again in a moment.',
    checking: 'All of it has arrived. We are checking the file…',
    failed: 'The server refuses what is sent.',
    again: 'Resume sending',
    left: 'left:',
    rate: 'MB/s',
  },
  states: {
    open: {
      title: 'Not all of it has arrived.',
      text: 'To go on, return to the book’s page and choose the same file: what has arrived need not be sent again. What was begun is kept for 7 days.',
    },
    arrived: {
      title: 'All of it has arrived.',
      text: 'The file is still to be checked. This takes a few seconds.',
    },
    checking: { title: 'We are checking the file.', text: 'This page updates itself.' },
    published: {
      title: 'The file is in place.',
      text: 'It was read to its end: it is complete, and it opens.',
      pages: 'It was read to its end: all of its pages are there, and it opens.',
      sound: 'It was read from its beginning to its end, and it plays.',
      sample: 'It is the sample: anybody may read it.',
      beside:
        'It has another format than the file that buyers have: it was added beside it, and does not replace it. They get both.',
    },
    mended: {
      title: 'The file is in place.',
      text: 'It was read to its end: all of its pages are there.',
    },
    unverified: { title: 'The file is in place.', text: 'It opens.' },
    lacking: {
      title: 'The file is in place.',
      text: 'It was read to its end: it opens, and something is missing in it.',
    },
    refused: { title: 'This file was not taken.', text: 'Nothing has changed for your buyers.' },
    givenUp: { title: 'Sending was given up.', text: 'Nothing has changed for your buyers.' },
  },
  faults: {
    'other-type':
      'This is no PDF, no EPUB, no MP3 and no M4A. From Word: File, Save as, PDF. A recording: export it as M4A or MP3.',
    'pdf-broken': 'This PDF does not open: it is damaged. Save it anew, then send it again.',
    'pdf-cut': 'The end of this PDF is missing: your copy is incomplete. Find the whole file.',
    'pdf-empty': 'This PDF has no page.',
    'pdf-damaged': (pages) =>
      `This PDF is damaged: ${emptyPages(pages, PLACES_EN)}. Your copy is not whole: find the original file, or save it anew, then send it again.`,
    'pdf-password':
      'This PDF asks for a password: your buyers could not read it. Save it without one.',
    'pdf-lacking': (pages) =>
      `Part of what is shown is missing on ${pagesOf(pages, 'page', 'pages', PLACES_EN)}. Compare with the original; if it is a fault, save the book anew, then send it again.`,
    'pdf-unverified':
      'This PDF is too large for each of its pages to be verified here. Leaf through it once before you sell it.',
    'epub-broken':
      'This EPUB is incomplete or damaged: its end is missing, or it does not open. Find the whole file, or export it again.',
    'epub-damaged': (place) =>
      `This EPUB is damaged at this place: ${inWords(place, 'part', 'of')}. Your buyers could not read all of it. Export it again, then send it again.`,
    'epub-empty': (name) =>
      `This EPUB does not open: it does not say where the book begins${name && `, or this file is missing or empty: ${name}`}. Export it again, from Calibre or Sigil for example.`,
    'epub-locked':
      'This EPUB is locked by the shop that sold it (DRM): your buyers could not open it. Send the original file, the author’s or the publisher’s.',
    'epub-too-much':
      'Checking this EPUB asks for too much work: it unfolds to far more than its size, or holds too many files. Export it again, from Calibre or Sigil for example.',
    'epub-packing':
      'This EPUB is badly packed, and opens all the same: its file “mimetype” is not in its place, or a name stands in it twice. Very strict applications may refuse it. To mend it, open it in Calibre or Sigil, save it and send it again.',
    'epub-missing': (place) =>
      `This EPUB opens, but a chapter that it announces is not in it, or is empty: ${inWords(place, 'part', 'of')}. If it should be, export the book again and send it anew.`,
    'too-much-work':
      'Checking this PDF asks for too much work: it unfolds to far more than its size, or is made in a very complicated way. Open it, choose “Print”, then “Save as PDF”, and send that new file.',
    'mp3-broken': 'This MP3 holds no sound that can be played. Export it again.',
    'mp3-layer':
      'This sound is of an older kind than MP3 (MP1 or MP2): browsers do not play it. Export it as MP3.',
    'm4a-broken': 'This M4A holds no sound that can be played. Export it again, as M4A or MP3.',
    'm4a-cut':
      'The end of this sound is missing: recording or copying it stopped too early. Find the whole file, or export it again.',
    'm4a-codec': 'This sound is of a kind that few phones play. Export it as M4A (AAC) or MP3.',
    'sound-locked':
      'This audio book is locked by the shop that sold it (DRM): your buyers could not listen to it. Send the original file, as M4A or MP3.',
    'sound-short': (seconds) =>
      `This sound says that it takes ${timesIn(seconds)[1]}, and ends after ${timesIn(seconds)[0]}: it may be cut. Listen to its end; if it is missing, send the whole file.`,
    'sound-gap': (seconds) =>
      `There is a small hole in this sound, at about ${playingTime(Number(seconds))}. Listen to that place; if it is damaged, send the original file.`,
    'sound-hole': (seconds) =>
      `This file is damaged: from ${playingTime(Number(seconds))} on there is no sound. Your copy is not whole: find the original file, then send it again.`,
    film: 'This is a video. The shop sells books and sound: export the sound alone, as M4A or MP3.',
    'given-up': 'You gave it up, or it waited for more than 7 days.',
    'owner-password':
      'This PDF is locked against printing or copying. It opens without a password: your buyers can read it.',
  },
  versionNumber: (version) => `version ${version}`,
  stamp: 'The buyer’s name at the foot of pages (PDF)',
  stampHint:
    'In small letters: the name, the end of the number and the code of the order. This file keeps the choice; to change it, send the file again.',
  stampChoices: { tenth: 'One page in ten', all: 'All pages', none: 'No page' },
  stamped: {
    tenth: 'Stamped in the buyer’s name: yes, one page in ten.',
    all: 'Stamped in the buyer’s name: yes, all pages.',
    none: 'Sold without a stamp, as you chose.',
  },
  unstampable: {
    encrypted: 'This PDF is locked: it will be sold without a stamp.',
    signed: 'This PDF is signed, and a stamp would break that: it will be sold without a stamp.',
    odd: 'This PDF is written in a way that we cannot stamp: it will be sold without a stamp.',
    'too-large': 'This PDF has too many pages for this stamp: it will be sold without one.',
    repaired:
      'This PDF is slightly damaged: it opens because readers mend it, and a stamp would stop them. It will be sold without a stamp. To have it stamped, open it, save it anew, and send it again.',
  },
  seen: {
    all: (pages) =>
      pages === 1
        ? 'A copy was drawn: the stamp is to be seen.'
        : `A copy was drawn: the stamp can be seen on its ${pages} stamped pages.`,
    some: (looked, of) =>
      `${looked} of the ${of} stamped pages of a copy were drawn: the stamp is to be seen there.`,
    unseen: (pages, looked, of) =>
      `The stamp cannot be seen on these pages: ${pages} (${looked} of ${of} were drawn). Open this PDF, choose “Print”, then “Save as PDF”, and send that new file.`,
    notDrawn: 'No copy was drawn here to see this stamp: look at it in a copy.',
  },
  beforeStamps:
    'Sent before there were stamps, and sold without. To have it stamped, send it again.',
  progress: (percent, size) => `${percent}% of ${size} have arrived.`,
  says: (facts) => `The file says of itself: ${facts}.`,
  chapters: (count) => pluralIn('en')(count, 'chapter', 'chapters'),
  complete: 'Take over its table of contents',
  check: 'Check the file',
  giveUp: 'Give it up',
  toBook: 'Back to the book',
  tryAgain: 'Send another file',
}

export const uploadWords = deskDictionary({ fr, en })

/** What the seller reads about a PDF's stamp, and where it was seen. */
export function stampSentence(
  { stamped, unstampable, seen }: StampShown,
  language: Language,
): string {
  const words = uploadWords(language)
  if (!stamped) return words.beforeStamps
  if (unstampable) return words.unstampable[unstampable]
  if (stamped === 'none') return words.stamped.none
  return `${words.stamped[stamped]} ${seenSentence(seen, language)}`
}

/** At most this many pages are listed; a book of scans may have a thousand. */
const MAX_NAMED_PAGES = 12

function seenSentence(seen: StampShown['seen'], language: Language): string {
  const words = uploadWords(language).seen
  if (!seen || seen.looked === 0) return words.notDrawn
  const { of, looked, unseen } = seen
  if (unseen.length > 0) {
    const named = unseen.toSorted((a, b) => a - b).slice(0, MAX_NAMED_PAGES)
    const rest = unseen.length > named.length ? ', …' : ''
    return words.unseen(named.join(', ') + rest, looked, of)
  }
  return looked === of ? words.all(of) : words.some(looked, of)
}

/** Why a file is refused, or a remark about one that is accepted, with the details found. */
export function faultSentence(
  fault: UploadFault,
  detail: string | null,
  language: Language,
): string {
  const sentence: FaultSentence = uploadWords(language).faults[fault]
  return typeof sentence === 'string' ? sentence : sentence(detail ?? '')
}
