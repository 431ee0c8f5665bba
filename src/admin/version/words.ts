import { deskDictionary } from '../../words/words.ts'
const fr = {
  title: 'Version et tâche planifiée',
  running: (version: string) => `Cette boutique est la version ${version}.`,
  installed: {
    title: 'Votre boutique est installée',
    lead: 'Voici l’état de la boutique. Ce qui est à corriger peut attendre : la boutique est déjà ouverte.',
    next: 'Faire les premiers pas',
    good: 'Bien',
    advice: 'À savoir',
    bad: 'À corriger',
  },
  cron: {
    title: 'La tâche planifiée (cron)',
    lead: 'La boutique marche sans elle. Avec elle, les paiements en attente et les e-mails n’attendent pas le prochain visiteur. Dans cPanel, « Cron Jobs », choisissez « Toutes les 5 minutes » et collez cette ligne :',
    never: 'Elle ne s’est encore jamais exécutée.',
    last: (time: string) => `Dernière exécution : ${time} (heure GMT).`,
    late: (time: string) =>
      `Elle ne s’est plus exécutée depuis le ${time} (heure GMT). Vérifiez « Cron Jobs » dans cPanel.`,
    noSecret:
      'Il manque le réglage CRON_SECRET (une longue suite de caractères au hasard, 16 ou plus). Ajoutez-le dans .env ou dans le panneau, puis redémarrez.',
    ready:
      'Cette ligne lit le secret dans le fichier .env au moment de partir : elle n’en contient aucun.',
    putIn:
      'Dans cette ligne, remplacez CRON_SECRET par la valeur que vous avez donnée à l’hébergeur. La boutique ne la montre à personne.',
  },
  update: {
    title: 'Mettre à jour',
    how: 'Envoyez le nouveau zip dans le dossier de la boutique et extrayez-le : rien ne change encore. Revenez ensuite ici. Faites d’abord une copie de la base (cPanel, « Backup »).',
    elsewhere:
      'Cette boutique n’a pas été installée par le paquet cPanel : elle est mise à jour par qui l’a installée (voir README).',
    none: 'Aucune autre version n’est dans le dossier.',
    fresh: 'vient d’être extraite',
    older: 'version d’avant',
    steps: (count: number) =>
      count === 0
        ? 'La base de données ne change pas.'
        : `${count} changement${count > 1 ? 's' : ''} de la base de données, fait${count > 1 ? 's' : ''} au démarrage. Ensuite, on ne peut revenir à la version d’avant qu’avec la copie de la base.`,
    begin: (version: string) => `Passer à la version ${version}`,
    goBack: (version: string) => `Revenir à la version ${version}`,
    tooOld:
      'On ne peut pas y revenir d’ici : la base de données a changé depuis. Il faut d’abord remettre la copie de la base faite avant.',
    cut: 'Ce zip n’a pas été extrait en entier. Envoyez-le et extrayez-le encore une fois. Rien n’a changé dans la boutique.',
    chosen: (version: string) =>
      `La version ${version} démarre. Cela prend quelques secondes : puis ouvrez à nouveau cette page.`,
    unwritable:
      'La boutique n’a pas pu noter ce choix : le disque est plein, ou elle n’a pas le droit d’écrire dans son dossier. Rien n’a changé.',
    emergency:
      'Si le bureau ne s’ouvre plus après une mise à jour : dans le Gestionnaire de fichiers, supprimez le dossier de la nouvelle version dans « versions », puis redémarrez l’application. Celle d’avant reprend.',
  },
  migrations: (count: number) => `${count} changements de la base de données déjà faits`,
}

const en: typeof fr = {
  title: 'Version and scheduled task',
  running: (version) => `This shop is version ${version}.`,
  installed: {
    title: 'Your shop is installed',
    lead: 'This is the state of the shop. What needs fixing can wait: the shop is open.',
    next: 'Take the first steps',
    good: 'Good',
    advice: 'To know',
    bad: 'To fix',
  },
  cron: {
    title: 'The scheduled task (cron)',
    lead: 'The shop works without it. With it, waiting payments and mails do not wait for the next visitor. In cPanel, "Cron Jobs", choose "Every 5 minutes" and paste this line:',
    never: 'It has never run.',
    last: (time) => `Last run: ${time} (GMT).`,
    late: (time) => `It has not run since ${time} (GMT). Check "Cron Jobs" in cPanel.`,
    noSecret:
      'The setting CRON_SECRET is missing (a long random text, 16 characters or more). Add it to .env or in the panel, then restart.',
    ready: 'This line reads the secret from the .env file when it runs: it holds none.',
    putIn:
      'In this line, put the value that you gave to the host in the place of CRON_SECRET. The shop shows it to nobody.',
  },
  update: {
    title: 'Update',
    how: 'Upload the new zip into the shop’s folder and extract it: nothing changes yet. Then come back here. First make a copy of the database (cPanel, "Backup").',
    elsewhere:
      'This shop was not installed from the cPanel package: whoever installed it updates it (see README).',
    none: 'No other version is in the folder.',
    fresh: 'just extracted',
    older: 'the version before',
    steps: (count) =>
      count === 0
        ? 'The database does not change.'
        : `${count} change${count === 1 ? '' : 's'} of the database, made at the start. Afterwards the way back needs the copy of the database.`,
    begin: (version) => `Go to version ${version}`,
    goBack: (version) => `Back to version ${version}`,
    tooOld:
      'There is no way back to it from here: the database has changed since. First put back the copy of the database that was made before.',
    cut: 'This zip was not extracted whole. Upload and extract it once more. Nothing changed in the shop.',
    chosen: (version) =>
      `Version ${version} is starting. It takes some seconds: open this page once more to see.`,
    unwritable:
      'The shop could not note this choice: the disk is full, or it may not write in its folder. Nothing was changed.',
    emergency:
      'If the desk does not open any more after an update: in the File Manager, delete the new version’s folder in "versions", then restart the application. The one before takes over.',
  },
  migrations: (count) => `${count} changes of the database made already`,
}

export const versionWords = deskDictionary({ fr, en })
