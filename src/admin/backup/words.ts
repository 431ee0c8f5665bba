import { deskDictionary } from '../../words/words.ts'
import type { SendingWords } from '../../views/browser/send-in-pieces.ts'

const fr = {
  title: 'Valise et sauvegardes',
  settingsLead: 'Garder une copie de la boutique, ou la déménager chez un autre hébergeur.',
  lead: 'Toute votre boutique dans un seul fichier : livres, commandes, clients, réglages. Pour la garder chez vous, ou pour déménager.',
  back: 'Réglages',
  backups: 'Sauvegardes',
  none: 'Aucune sauvegarde pour l’instant. La première se fera toute seule, cette nuit.',
  demonstration: 'Une démonstration ne se sauvegarde pas toute seule.',
  daily:
    'Chaque nuit, la boutique garde une copie de ses données (sans les livres). Elle garde les 7 derniers jours et les 4 dernières semaines.',
  warn: 'Cette copie est chez votre hébergeur, au même endroit que la boutique. S’il perd tout, il perd aussi la copie. Une fois par mois, téléchargez-la et gardez-la ailleurs.',
  lastDownload: 'Télécharger la dernière',
  made: (day: string) => `Faite le ${day}`,
  received: (day: string) => `Reçue le ${day}`,
  kinds: { backup: 'de la nuit', export: 'faite à la main', import: 'arrivée' },
  states: {
    making: 'en préparation',
    ready: 'prête',
    arriving: 'en chemin',
    unpacking: 'en cours d’ouverture',
    done: 'ouverte',
    refused: 'refusée',
  },
  make: {
    title: 'Faire une valise maintenant',
    lead: 'Cela prend de quelques secondes à quelques minutes. Vous pourrez ensuite la télécharger.',
    passphrase: 'Phrase secrète (facultatif)',
    hint: 'Au moins 12 caractères. Avec elle, la valise emporte aussi le secret de la boutique (APP_SECRET), fermé à clé. Sans lui, les liens déjà vendus ne s’ouvrent pas dans la nouvelle boutique. Notez la phrase : personne ne peut la retrouver.',
    tooShort: 'Cette phrase est trop courte : 12 caractères au moins, ou rien.',
    go: 'Faire une valise',
  },
  one: {
    title: (day: string) => `Valise du ${day}`,
    making: 'La valise se prépare. Cette page se met à jour toute seule.',
    full: 'Il n’y a plus de place chez l’hébergeur. Libérez de la place : la boutique réessaie toutes les 5 minutes.',
    failed: 'Une étape n’a pas marché. La boutique réessaie toutes les 5 minutes.',
    ready: 'La valise est prête.',
    withFiles: (size: string) => `Télécharger tout, livres compris (${size})`,
    withoutFiles: (size: string) => `Télécharger sans les livres (${size})`,
    resume: 'Si le téléchargement s’arrête, votre navigateur peut le reprendre là où il en était.',
    private:
      'Ce fichier contient les noms et les téléphones de vos clients. Ne l’envoyez à personne.',
    missing: (count: number) =>
      `${count} fichier${count > 1 ? 's' : ''} de la boutique manque${count > 1 ? 'nt' : ''} chez l’hébergeur : ${count > 1 ? 'ils ne sont' : 'il n’est'} pas dans la valise.`,
    sealed: 'Le secret de la boutique est dedans, fermé par votre phrase.',
    unsealed:
      'Le secret de la boutique (APP_SECRET) n’est pas dedans. Pour déménager, copiez-le vous-même.',
    remove: 'Supprimer cette valise',
  },
  arrive: {
    title: 'Ouvrir une valise ici',
    lead: 'Cette boutique est vide : elle peut recevoir le contenu d’une autre. Installez la même version, avec le même APP_SECRET. Votre compte d’aujourd’hui sera remplacé par ceux de la valise.',
    notEmpty:
      'Cette boutique a déjà des livres ou des commandes. Une valise ne s’ouvre que dans une boutique vide.',
    file: 'Fichier de la valise (.tar)',
    upToSimple: 'Sans JavaScript : jusqu’à 32 Mo.',
    upTo: 'Par morceaux : si le réseau coupe, l’envoi continue.',
    withoutFiles: 'Les fichiers des livres sont perdus : ouvrir quand même',
    withoutFilesHint: 'Vous les renverrez ensuite, livre par livre.',
    go: 'Envoyer la valise',
    noFile: 'Choisissez le fichier de la valise.',
    tooLarge: 'Ce fichier est trop gros. Activez JavaScript pour l’envoyer par morceaux.',
    full: 'Il n’y a plus de place chez l’hébergeur. Libérez de la place, puis recommencez.',
    steps: {
      arriving: 'La valise arrive.',
      checking: 'Vérification de chaque fichier…',
      copying: 'Copie des livres…',
      staging: 'Lecture des données…',
      publishing:
        'Mise en place… La boutique est fermée pendant ce temps. Entrez de nouveau, avec votre compte d’avant.',
    },
    wait: 'Cette page se met à jour toute seule. Vous pouvez la fermer et revenir.',
    done: 'C’est fait : tout est en place. Entrez maintenant avec votre compte d’avant.',
    again: 'Réessayer',
    faults: {
      'not-a-suitcase':
        'Ce fichier n’est pas une valise de Kiosque, ou il est incomplet. Téléchargez-le à nouveau.',
      'not-empty':
        'Cette boutique n’est pas vide. Rien n’a été changé : une valise ne s’ouvre que dans une boutique vide.',
      'other-schema':
        'Cette valise vient d’une autre version de Kiosque. Mettez la même version des deux côtés, puis réessayez.',
      'other-secret':
        'Le secret de cette boutique (APP_SECRET) n’est pas celui de la valise : les liens vendus ne s’ouvriraient pas. Donnez à cette boutique le même APP_SECRET, puis réessayez.',
      damaged:
        'Un fichier de la valise est abîmé. Rien n’a été importé. Téléchargez la valise à nouveau.',
      'files-missing':
        'Cette valise est sans les livres, et ils ne sont pas ici. Prenez la valise avec les livres.',
      'rows-refused':
        'La base de données a refusé les données. Rien n’a été importé. Le journal de la boutique dit pourquoi.',
      full: 'Il n’y a plus de place chez l’hébergeur. Libérez de la place : la boutique réessaie toutes les 5 minutes.',
      failed: 'Une étape n’a pas marché. La boutique réessaie toutes les 5 minutes.',
    },
    secretTitle: 'Le secret est dans la valise',
    passphrase: 'Phrase secrète de la valise',
    open: 'Montrer le secret',
    wrong: 'Ce n’est pas cette phrase.',
    secret:
      'Donnez cette valeur à APP_SECRET dans les réglages de l’hébergeur, redémarrez, puis revenez ici et réessayez :',
  },
  script: {
    out: 'Vous n’êtes plus connecté : reconnectez-vous, puis voyez ici où en est la valise. Si elle n’est pas là, choisissez le même fichier : l’envoi reprendra.',
    unread: 'Le téléphone ne lit plus ce fichier. Choisissez-le à nouveau : l’envoi reprendra.',
    rate: 'Mo/s',
    left: 'encore',
    trouble: 'Le réseau répond mal : nouvel essai…',
    offline: 'Pas de réseau. L’envoi reprendra tout seul.',
    checking: 'Tout est arrivé. La boutique ouvre la valise…',
    failed: 'L’envoi n’a pas marché. Rechargez la page et choisissez le même fichier.',
    again: 'Reprendre l’envoi',
  } satisfies SendingWords,
}

const en: typeof fr = {
  title: 'Suitcase and backups',
  settingsLead: 'Keep a copy of the shop, or move it to another host.',
  lead: 'Your whole shop in one file: books, orders, buyers, settings. To keep at home, or to move.',
  back: 'Settings',
  backups: 'Backups',
  none: 'No backup yet. The first one is made by itself, tonight.',
  demonstration: 'A demonstration makes no backups by itself.',
  daily:
    'Every night the shop keeps a copy of its data (without the books). It keeps the last 7 days and the last 4 weeks.',
  warn: 'That copy lies at your host, in the same place as the shop. If the host loses everything, it loses the copy, too. Once a month, download it and keep it somewhere else.',
  lastDownload: 'Download the latest',
  made: (day) => `Made on ${day}`,
  received: (day) => `Received on ${day}`,
  kinds: { backup: 'nightly', export: 'made by hand', import: 'arrived' },
  states: {
    making: 'being made',
    ready: 'ready',
    arriving: 'on its way',
    unpacking: 'being unpacked',
    done: 'unpacked',
    refused: 'refused',
  },
  make: {
    title: 'Make a suitcase now',
    lead: 'It takes from a few seconds to a few minutes. Then you can download it.',
    passphrase: 'Passphrase (optional)',
    hint: 'At least 12 characters. With it, the suitcase carries the shop’s secret (APP_SECRET), too, locked. Without that secret the links already sold do not open in the new shop. Write the passphrase down: nobody can find it again.',
    tooShort: 'This passphrase is too short: at least 12 characters, or nothing.',
    go: 'Make a suitcase',
  },
  one: {
    title: (day) => `Suitcase of ${day}`,
    making: 'The suitcase is being made. This page renews itself.',
    full: 'The host has no room left. Make some room: the shop tries again every 5 minutes.',
    failed: 'A step did not work. The shop tries again every 5 minutes.',
    ready: 'The suitcase is ready.',
    withFiles: (size) => `Download all, books included (${size})`,
    withoutFiles: (size) => `Download without the books (${size})`,
    resume: 'If the download stops, your browser can take it up where it was.',
    private: 'This file holds the names and phones of your buyers. Send it to nobody.',
    missing: (count) =>
      `${count} ${count > 1 ? 'files' : 'file'} of the shop ${count > 1 ? 'are' : 'is'} missing at the host, and so not in the suitcase.`,
    sealed: 'The shop’s secret is inside, locked with your passphrase.',
    unsealed: 'The shop’s secret (APP_SECRET) is not inside. To move, copy it yourself.',
    remove: 'Delete this suitcase',
  },
  arrive: {
    title: 'Unpack a suitcase here',
    lead: 'This shop is empty: it can receive what another one held. Install the same version, with the same APP_SECRET. Your present account will be replaced by those in the suitcase.',
    notEmpty:
      'This shop has books or orders already. A suitcase is unpacked in an empty shop only.',
    file: 'The suitcase’s file (.tar)',
    upToSimple: 'Without JavaScript: up to 32 MB.',
    upTo: 'In pieces: if the network breaks off, sending resumes.',
    withoutFiles: 'The books’ files are lost: unpack all the same',
    withoutFilesHint: 'You will send them again afterwards, book by book.',
    go: 'Send the suitcase',
    noFile: 'Choose the suitcase’s file.',
    tooLarge: 'This file is too large. Switch JavaScript on to send it in pieces.',
    full: 'The host has no room left. Make some room, then begin again.',
    steps: {
      arriving: 'The suitcase arrives.',
      checking: 'Checking every file…',
      copying: 'Copying the books…',
      staging: 'Reading the data…',
      publishing:
        'Putting it all in place… The shop is closed meanwhile. Sign in again, with your earlier account.',
    },
    wait: 'This page renews itself. You may close it and come back.',
    done: 'Done: everything is in place. Sign in now with your earlier account.',
    again: 'Try again',
    faults: {
      'not-a-suitcase': 'This file is no suitcase of Kiosque, or it was cut. Download it again.',
      'not-empty':
        'This shop is not empty. Nothing was changed: a suitcase is unpacked in an empty shop only.',
      'other-schema':
        'This suitcase comes from another version of Kiosque. Put the same version on both sides, then try again.',
      'other-secret':
        'This shop’s secret (APP_SECRET) is not the suitcase’s: links that were sold would not open. Give this shop the same APP_SECRET, then try again.',
      damaged: 'A file of the suitcase is damaged. Nothing was imported. Download it again.',
      'files-missing':
        'This suitcase is without the books, and they are not here. Take the suitcase with the books.',
      'rows-refused':
        'The database refused the data. Nothing was imported. The shop’s log says why.',
      full: 'The host has no room left. Make some room: the shop tries again every 5 minutes.',
      failed: 'A step did not work. The shop tries again every 5 minutes.',
    },
    secretTitle: 'The secret is in the suitcase',
    passphrase: 'The suitcase’s passphrase',
    open: 'Show the secret',
    wrong: 'It is not this passphrase.',
    secret:
      'Give this value to APP_SECRET in the host’s settings, restart, then come back here and try again:',
  },
  script: {
    out: 'You are no longer signed in: sign in, then see here how far the suitcase is. If it is not there, choose the same file: sending will resume.',
    unread: 'The phone can no longer read this file. Choose it again: sending will resume.',
    rate: 'MB/s',
    left: 'left:',
    trouble: 'The network is unreliable: trying again…',
    offline: 'No network. Sending resumes by itself.',
    checking: 'All of it has arrived. The shop opens the suitcase…',
    failed: 'The sending did not work. Load the page again and choose the same file.',
    again: 'Resume sending',
  },
}

const words = { fr, en }
export type BackupWords = typeof fr
export const backupWords = deskDictionary<BackupWords>(words)
