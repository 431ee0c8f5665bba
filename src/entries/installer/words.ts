import { deskDictionary } from '../../words/words.ts'
import { reasonAway } from '../../lib/database-away.ts'
import type { WriteFault } from '../../lib/safe-files.ts'

type DatabaseFault = { field: 'host' | 'name' | 'user' | 'password'; says: string }

const fr = {
  title: 'Installation',
  stepOf: (place: number, count: number) => `Étape ${place} sur ${count}`,
  next: 'Continuer',
  back: 'Étape précédente',
  summary: 'Il reste quelque chose à corriger. Ce que vous avez tapé est encore là.',
  door: {
    title: 'Installer votre boutique',
    lead: 'Cette boutique n’est pas encore installée. Si c’est la vôtre, ouvrez-la avec le code qui se trouve dans ce fichier :',
    how: 'Dans cPanel : Gestionnaire de fichiers, ouvrez le dossier « data » de la boutique, puis le fichier, et copiez le code.',
    code: 'Code d’installation',
    enter: 'Commencer',
    wrong: 'Ce n’est pas le code du fichier. Copiez-le encore une fois, en entier.',
  },
  host: {
    title: 'L’hébergeur',
    lead: 'Voici ce que la boutique trouve ici.',
    again: 'Vérifier à nouveau',
    good: 'Bien',
    warn: 'À savoir',
    bad: 'À corriger',
    node: (version: string) => `Node ${version} convient.`,
    writable: 'La boutique peut écrire dans ses dossiers.',
    secure: 'La connexion est protégée (https).',
    insecure:
      'Cette page est ouverte sans protection (http). Dans cPanel, « SSL/TLS Status », demandez le certificat gratuit, puis ouvrez cette page avec https://.',
    space: 'Il y a assez de place sur le disque.',
    littleSpace: (megabytes: number) =>
      `Il reste ${megabytes} Mo sur le disque : libérez de la place avant d’envoyer des livres.`,
    private: 'Les fichiers de la boutique ne sont pas dans le dossier public.',
    public: (folder: string) =>
      `La boutique se trouve dans « ${folder} », que tout le monde peut voir. Déplacez son dossier à côté, puis corrigez « Application root » dans Setup Node.js App.`,
    rootUnwritable: (path: string) =>
      `La boutique ne peut pas écrire dans ${path} : à la fin, vous copierez les réglages dans le panneau de l’hébergeur.`,
  },
  unwritable: ((path, why) =>
    why === 'full'
      ? `Le disque est plein : rien ne peut être écrit dans ${path}. Libérez de la place, puis réessayez. Rien n’est perdu.`
      : `La boutique ne peut pas écrire dans ${path}. Dans le Gestionnaire de fichiers, « Permissions », donnez-lui le droit d’écrire (755), puis réessayez. Rien n’est perdu.`) as (
    path: string,
    why: WriteFault,
  ) => string,
  address: {
    title: 'L’adresse',
    lead: 'L’adresse de la boutique, telle que vos acheteurs la voient. Tous les liens commencent par elle.',
    address: 'Adresse de la boutique',
    addressHint: 'Par exemple https://livres.example.com, sans rien derrière.',
    visible:
      'Le dossier « data » de la boutique peut être lu par tout le monde à cette adresse. Déplacez le dossier de la boutique à côté du dossier public, puis réessayez.',
  },
  database: {
    title: 'La base de données',
    lead: 'Dans cPanel, « PostgreSQL Databases » : créez une base, un utilisateur, et ajoutez l’utilisateur à la base. Recopiez-les ici. Il faut PostgreSQL 13 ou plus récent.',
    host: 'Serveur',
    hostHint: 'Chez la plupart des hébergeurs : localhost',
    port: 'Port',
    name: 'Nom de la base',
    user: 'Utilisateur',
    password: 'Mot de passe',
    elsewhere: 'Ma base est chez un autre fournisseur',
    url: 'Adresse complète de la base',
    urlHint: 'Elle commence par postgres:// ; elle remplace les champs ci-dessus.',
    secret: 'APP_SECRET de cette boutique',
    try: 'Essayer et continuer',
    clockSeen: 'J’ai lu : continuer quand même',
  },
  payment: {
    title: 'Les paiements',
    lead: 'CinetPay encaisse pour vous. Les clés se trouvent dans son panneau, panel.cinetpay.net pour les nouveaux comptes.',
    kind: 'Vos clés',
    later: 'Je n’ai pas encore de clés : ouvrir en démonstration',
    laterHint:
      'Un simulateur remplace CinetPay, et un bandeau le dit. Personne ne paie : vous pouvez tout essayer.',
    v1: 'Une clé sk_ et un mot de passe (nouveaux comptes)',
    callers:
      'Avant tout, entrez l’adresse de votre hébergement dans le panneau, « API et sécurité » : CinetPay ne répond à aucune autre, même pour un essai.',
    seen: 'L’adresse à entrer, telle que CinetPay la voit (très probablement) :',
    unseen:
      'Elle n’a pas pu être lue d’ici : demandez à votre hébergeur l’adresse IPv4 par laquelle vos programmes sortent (cPanel : souvent « Shared IP Address »).',
    unlisted: 'J’entrerai l’adresse plus tard : continuer quand même',
    try: 'Essayer et continuer',
    v2: 'API Key, Site ID et Secret Key (anciens comptes)',
    key: 'API Key',
    site: 'Site ID',
    secretKey: 'Secret Key',
    v1Key: 'Clé (sk_live_… ou sk_test_…)',
    v1Password: 'Mot de passe de l’API',
    currency: 'Monnaie du compte CinetPay',
    country: 'Pays du compte CinetPay, celui de vos acheteurs',
  },
  mail: {
    title: 'Les e-mails',
    lead: 'Pour que vos acheteurs reçoivent leur reçu par e-mail. Dans cPanel, « Email Accounts », créez une adresse comme livres@votre-domaine. Sans cela, la boutique marche aussi.',
    from: 'Adresse e-mail de la boutique',
    mailHost: 'Serveur d’envoi (SMTP)',
    mailHostHint: 'cPanel l’affiche sous « Connect Devices » : souvent mail.votre-domaine',
    mailPort: 'Port',
    mailUser: 'Utilisateur',
    mailUserHint: 'Laissez vide si c’est la même adresse.',
    mailPassword: 'Mot de passe',
    later: 'Plus tard',
  },
  panel: {
    title: 'À mettre dans le panneau',
    lead: 'La boutique n’a pas le droit d’écrire ses réglages. Dans « Setup Node.js App », sous « Environment variables », ajoutez chacune de ces lignes, enregistrez, puis redémarrez l’application. Votre accès est déjà créé.',
    careful: 'Gardez une copie d’APP_SECRET en lieu sûr, et ne le montrez à personne.',
  },
  wait: {
    title: 'La boutique s’ouvre',
    text: 'Les réglages sont enregistrés. Encore quelques secondes : cette page continue toute seule.',
    go: 'Continuer',
  },
  failed: {
    title: 'L’installation n’a pas pu continuer',
    database:
      'La base de données ne répond plus. Rien n’est perdu : réessayez dans un instant, ou corrigez ses réglages.',
    other:
      'Une erreur s’est produite. Rien n’est perdu : le journal de l’application (stderr.log, ou « Erreurs » dans cPanel) dit pourquoi.',
    again: 'Réessayer',
    toDatabase: 'Revoir la base de données',
  },
  busy: 'Revenez à la page précédente et réessayez.',
  errors: {
    address: 'Écrivez l’adresse de la boutique, par exemple https://livres.example.com.',
    addressPath:
      'La boutique a besoin de son propre domaine, sans rien derrière : enlevez ce qui suit.',
    addressHttps:
      'L’adresse doit commencer par https://. cPanel donne le certificat gratuitement (« SSL/TLS Status »).',
    databaseUrl:
      'L’adresse complète commence par postgres://, avec utilisateur, mot de passe, serveur et base.',
    databaseSigns:
      'Dans l’utilisateur et le mot de passe, écrivez % comme %25, / comme %2F, ? comme %3F, # comme %23 et @ comme %40. Ou remplissez plutôt les champs un par un.',
    databaseHost: 'Écrivez le nom du serveur, par exemple localhost.',
    databasePort: 'Le port est un nombre ; d’habitude 5432.',
    databaseName: 'Écrivez le nom de la base, comme cPanel le montre (par exemple moussa_livres).',
    databaseUser: 'Écrivez le nom de l’utilisateur, comme cPanel le montre.',
    unreachable(code: string): DatabaseFault {
      const reason = reasonAway(code)
      if (reason === 'login')
        return {
          field: 'password',
          says: 'La base refuse cet utilisateur ou ce mot de passe. Tapez-les encore une fois.',
        }
      if (reason === 'missing')
        return { field: 'name', says: 'Le serveur ne connaît pas de base de ce nom.' }
      if (code === '42501')
        return {
          field: 'user',
          says: 'Cet utilisateur n’a pas accès à cette base : dans cPanel, ajoutez-le à la base.',
        }
      if (code === '42704')
        return {
          field: 'host',
          says: 'L’adresse porte un paramètre que le serveur ne connaît pas : enlevez-le, après le « ? ».',
        }
      return {
        field: 'host',
        says: `Le serveur de la base ne répond pas (${code}). Vérifiez son nom et le port ; demandez à l’hébergeur si PostgreSQL est offert.`,
      }
    },
    oldPostgres: (version: string) =>
      `Cette base est PostgreSQL ${version} ; il faut au moins la version 13. Demandez une base plus récente à l’hébergeur.`,
    otherTables:
      'Cette base contient les tables d’un autre programme. Créez une base vide pour la boutique.',
    noRights:
      'Cet utilisateur ne peut pas créer de tables dans cette base. Dans cPanel, donnez-lui tous les droits sur elle.',
    existingShop:
      'Cette base contient déjà une boutique. Pour la reprendre, donnez son APP_SECRET, qui se trouve dans son ancien fichier .env : sans lui, les liens déjà vendus ne marcheraient plus. Sinon, créez une base vide.',
    clock: (minutes: number) =>
      `L’horloge de la base ${minutes > 0 ? 'avance' : 'retarde'} de ${Math.abs(minutes)} minutes sur celle de cette machine. La boutique marche, mais ses dates seront fausses : dites-le à l’hébergeur.`,
    kind: 'Choisissez une des trois réponses.',
    key: 'Copiez l’API Key en entier (au moins 16 caractères).',
    site: 'Le Site ID est un nombre.',
    secretKey: 'Copiez la Secret Key en entier (au moins 16 caractères).',
    v1Key: 'Cette clé commence par sk_live_ ou sk_test_. Copiez-la en entier.',
    v1Password: 'Copiez le mot de passe de l’API en entier (au moins 16 caractères).',
    unlisted:
      'CinetPay refuse l’adresse de votre hébergement (code 2011). Vos clés ne sont pas en cause. Entrez l’adresse ci-dessus dans le panneau de CinetPay, « API et sécurité », puis réessayez.',
    unknownKey:
      'CinetPay ne reconnaît pas ces clés. Recopiez-les en entier, sans espace, et vérifiez le mot de passe.',
    unknownSite: 'CinetPay connaît l’API Key, mais pas ce Site ID.',
    currency: 'Choisissez une monnaie.',
    country: 'Choisissez un pays.',
    from: 'Écrivez une adresse e-mail, par exemple livres@example.com.',
    mailHost: 'Écrivez le nom du serveur, par exemple mail.example.com.',
    mailPort: 'Le port est un nombre ; d’habitude 465.',
    mailPassword: 'Écrivez le mot de passe de cette adresse.',
    refused: (reasons: string) => `Ces réglages ne vont pas ensemble : ${reasons}`,
  },
}

export type InstallerWords = typeof fr

const en: InstallerWords = {
  title: 'Installation',
  stepOf: (place, count) => `Step ${place} of ${count}`,
  next: 'Continue',
  back: 'Previous step',
  summary: 'Something needs correcting. What you typed is still here.',
  door: {
    title: 'Install your shop',
    lead: 'This shop is not installed yet. If it is yours, open it with the code in this file:',
    how: 'In cPanel: File Manager, open the folder "data" of the shop, then the file, and copy the code.',
    code: 'Installation code',
    enter: 'Begin',
    wrong: 'This is not the code of the file. Copy it once more, all of it.',
  },
  host: {
    title: 'The host',
    lead: 'This is what the shop finds here.',
    again: 'Check again',
    good: 'Good',
    warn: 'Good to know',
    bad: 'To fix',
    node: (version) => `Node ${version} is right.`,
    writable: 'The shop can write in its folders.',
    secure: 'The connection is protected (https).',
    insecure:
      'This page is open without protection (http). In cPanel, "SSL/TLS Status", ask for the free certificate, then open this page with https://.',
    space: 'There is enough space on the disk.',
    littleSpace: (megabytes) =>
      `${megabytes} MB are left on the disk: free some space before you send books.`,
    private: 'The shop’s files are not in the public folder.',
    public: (folder) =>
      `The shop lies in "${folder}", which everybody can see. Move its folder beside it, then correct "Application root" in Setup Node.js App.`,
    rootUnwritable: (path) =>
      `The shop cannot write in ${path}: at the end you will copy the settings into the host’s panel.`,
  },
  unwritable: (path, why) =>
    why === 'full'
      ? `The disk is full: nothing can be written in ${path}. Free some space, then try again. Nothing is lost.`
      : `The shop cannot write in ${path}. In the File Manager, "Permissions", give it the right to write (755), then try again. Nothing is lost.`,
  address: {
    title: 'The address',
    lead: 'The shop’s address, as your buyers see it. Every link begins with it.',
    address: 'Address of the shop',
    addressHint: 'For example https://livres.example.com, with nothing behind it.',
    visible:
      'The shop’s folder "data" can be read by everybody at this address. Move the shop’s folder beside the public one, then try again.',
  },
  database: {
    title: 'The database',
    lead: 'In cPanel, "PostgreSQL Databases": make a database, a user, and add the user to the database. Copy them here. It has to be PostgreSQL 13 or newer.',
    host: 'Server',
    hostHint: 'With most hosts: localhost',
    port: 'Port',
    name: 'Name of the database',
    user: 'User',
    password: 'Password',
    elsewhere: 'My database is with another provider',
    url: 'The database’s whole address',
    urlHint: 'It begins with postgres:// and takes the place of the fields above.',
    secret: 'APP_SECRET of that shop',
    try: 'Try and continue',
    clockSeen: 'I have read this: continue',
  },
  payment: {
    title: 'Payments',
    lead: 'CinetPay collects for you. The keys are in its panel, panel.cinetpay.net for new accounts.',
    kind: 'Your keys',
    later: 'I have no keys yet: open as a demonstration',
    laterHint:
      'A simulator stands in for CinetPay, and a banner says so. Nobody pays: you can try everything.',
    v1: 'A key sk_ and a password (new accounts)',
    callers:
      'Before all else, enter the address of your hosting in the panel, “API & security”: CinetPay answers no other, even for a trial.',
    seen: 'The address to enter, as CinetPay sees it (very probably):',
    unseen:
      'It could not be read from here: ask your host for the IPv4 address that your programs go out by (cPanel: often "Shared IP Address").',
    unlisted: 'I will enter the address later: continue anyway',
    try: 'Try and continue',
    v2: 'API Key, Site ID and Secret Key (older accounts)',
    key: 'API Key',
    site: 'Site ID',
    secretKey: 'Secret Key',
    v1Key: 'Key (sk_live_… or sk_test_…)',
    v1Password: 'Password of the API',
    currency: 'Currency of the CinetPay account',
    country: 'Country of the CinetPay account, and of your buyers',
  },
  mail: {
    title: 'Mail',
    lead: 'So that buyers get their receipt by e-mail. In cPanel, "Email Accounts", make an address such as livres@your-domain. The shop works without it, too.',
    from: 'The shop’s e-mail address',
    mailHost: 'Server for sending (SMTP)',
    mailHostHint: 'cPanel shows it under "Connect Devices": often mail.your-domain',
    mailPort: 'Port',
    mailUser: 'User',
    mailUserHint: 'Leave it empty if it is the same address.',
    mailPassword: 'Password',
    later: 'Later',
  },
  panel: {
    title: 'For the panel',
    lead: 'The shop may not write its settings. In "Setup Node.js App", under "Environment variables", add each of these lines, save, then restart the application. Your access is made already.',
    careful: 'Keep a copy of APP_SECRET in a safe place, and show it to nobody.',
  },
  wait: {
    title: 'The shop is opening',
    text: 'The settings are saved. A few seconds more: this page continues by itself.',
    go: 'Continue',
  },
  failed: {
    title: 'The installation could not continue',
    database:
      'The database does not answer any more. Nothing is lost: try again in a moment, or correct its settings.',
    other:
      'An error occurred. Nothing is lost: the application’s log (stderr.log, or “Errors” in cPanel) says why.',
    again: 'Try again',
    toDatabase: 'Look at the database again',
  },
  busy: 'Go back to the previous page and try again.',
  errors: {
    address: 'Write the shop’s address, for example https://livres.example.com.',
    addressPath:
      'The shop needs a domain of its own, with nothing behind it: take away what follows.',
    addressHttps:
      'The address has to begin with https://. cPanel gives the certificate for free ("SSL/TLS Status").',
    databaseUrl:
      'The whole address begins with postgres://, with user, password, server and database.',
    databaseSigns:
      'In the user and the password write % as %25, / as %2F, ? as %3F, # as %23 and @ as %40. Or fill in the fields one by one.',
    databaseHost: 'Write the server’s name, for example localhost.',
    databasePort: 'The port is a number; mostly 5432.',
    databaseName: 'Write the database’s name as cPanel shows it (for example moussa_livres).',
    databaseUser: 'Write the user’s name as cPanel shows it.',
    unreachable(code) {
      const reason = reasonAway(code)
      if (reason === 'login')
        return {
          field: 'password',
          says: 'The database refuses this user or this password. Type them once more.',
        }
      if (reason === 'missing')
        return { field: 'name', says: 'The server knows no database of this name.' }
      if (code === '42501')
        return {
          field: 'user',
          says: 'This user has no access to this database: in cPanel, add it to the database.',
        }
      if (code === '42704')
        return {
          field: 'host',
          says: 'The address has a parameter that the server does not know: take it out, after the "?".',
        }
      return {
        field: 'host',
        says: `The database’s server does not answer (${code}). Check its name and the port; ask the host whether PostgreSQL is offered.`,
      }
    },
    oldPostgres: (version) =>
      `This database is PostgreSQL ${version}; it has to be version 13 at least. Ask the host for a newer one.`,
    otherTables:
      'This database holds the tables of another program. Make an empty one for the shop.',
    noRights: 'This user cannot make tables in this database. In cPanel, give it all rights on it.',
    existingShop:
      'This database already holds a shop. To take it over, give its APP_SECRET, which is in its old .env file: without it, links already sold would stop working. Otherwise create an empty database.',
    clock: (minutes) =>
      `The database’s clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'ahead of' : 'behind'} this machine’s. The shop works, but its dates will be wrong: tell the host.`,
    kind: 'Choose one of the three answers.',
    key: 'Copy the whole API Key (16 characters at least).',
    site: 'The Site ID is a number.',
    secretKey: 'Copy the whole Secret Key (16 characters at least).',
    v1Key: 'This key begins with sk_live_ or sk_test_. Copy all of it.',
    v1Password: 'Copy the whole password of the API (16 characters at least).',
    unlisted:
      'CinetPay refuses the address of your hosting (code 2011). Your keys are not the cause. Enter the address above in CinetPay’s panel, “API & security”, then try again.',
    unknownKey:
      'CinetPay does not know these keys. Copy them in full, without spaces, and check the password.',
    unknownSite: 'CinetPay knows the API Key, but not this Site ID.',
    currency: 'Choose a currency.',
    country: 'Choose a country.',
    from: 'Write an e-mail address, for example livres@example.com.',
    mailHost: 'Write the server’s name, for example mail.example.com.',
    mailPort: 'The port is a number; mostly 465.',
    mailPassword: 'Write the password of this address.',
    refused: (reasons) => `These settings do not go together: ${reasons}`,
  },
}

export const installerWords = deskDictionary<InstallerWords>({ fr, en })
