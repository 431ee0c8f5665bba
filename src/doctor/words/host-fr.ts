import { reasonAway } from '../../lib/database-away.ts'
import type { CronWay } from '../../data/signs-of-life.ts'

const BUCKET_KEY =
  'Comparez S3_ACCESS_KEY_ID et S3_SECRET_ACCESS_KEY avec la clé que montre votre fournisseur, et S3_REGION avec la région du bucket.'
/** By the code of the server. */
const BUCKET_DEEDS: Record<string, string> = {
  NoSuchBucket: 'Ce bucket n’existe pas : créez-le chez votre fournisseur, ou corrigez S3_BUCKET.',
  InvalidAccessKeyId: BUCKET_KEY,
  SignatureDoesNotMatch: BUCKET_KEY,
  AuthorizationHeaderMalformed: BUCKET_KEY,
  PermanentRedirect: 'Le bucket est dans une autre région : corrigez S3_ENDPOINT et S3_REGION.',
  AccessDenied:
    'Donnez à la clé le droit de lire, d’écrire, d’effacer et de lister dans ce bucket (docs/fr/stockage.md).',
  RequestTimeTooSkewed:
    'L’horloge de ce serveur n’est pas à l’heure : faites-la régler par l’hébergeur.',
}
const BUCKET_DEED =
  'Regardez S3_ENDPOINT, et si le serveur répond ; les livres qui y sont ne sont pas perdus. Recommencez dans quelques minutes.'

/** What is seen without leaving the host. */
export const host = {
  tooLong: (seconds: number) => ({
    says: `Ce contrôle n’a pas fini en ${seconds} s.`,
    deed: 'Recommencez dans quelques minutes ; si cela dure, montrez cette ligne à votre hébergeur.',
  }),
  failed: (error: string) => ({
    says: `Ce contrôle s’est interrompu (${error}).`,
    deed: 'Recommencez ; si cela dure, le journal du serveur dit pourquoi.',
  }),
  configuration: {
    name: 'Réglages de l’hébergement',
    well: 'Ils sont lus, et ils vont ensemble.',
    demonstration: {
      says: 'La boutique est une démonstration : aucun argent ne circule.',
      deed: 'Pour vendre, donnez les clés CinetPay dans les réglages de l’hébergement.',
    },
    sandbox: {
      says: 'Les clés sont celles d’un essai (sk_test_) : aucun argent ne circule.',
      deed: 'Pour vendre, mettez les clés sk_live_ et enlevez DEMONSTRATION.',
    },
  },
  versions: {
    name: 'Versions',
    well: (shop: string, runtime: string, driver: string) =>
      `Kiosque ${shop}, ${runtime}, pilote postgres ${driver}.`,
    oldNode: (runtime: string) => ({
      says: `${runtime} est trop ancien pour cette boutique.`,
      deed: 'Choisissez Node 22 ou 24 dans « Setup Node.js App », puis redémarrez l’application.',
    }),
    unkept: (runtime: string) => ({
      says: `${runtime} ne reçoit plus de corrections de sécurité.`,
      deed: 'Choisissez Node 24 dans « Setup Node.js App » quand votre hébergeur le propose.',
    }),
  },
  guesses: {
    name: 'Tentatives d’intrusion',
    well: 'Rien de remarquable depuis hier.',
    of: {
      login: {
        says: 'Depuis hier, quelqu’un essaie beaucoup de mots de passe à l’entrée du bureau. Il ne bloque personne : un appareil qui est déjà entré n’attend pas.',
        deed: 'Gardez un mot de passe long, ou mieux : entrez par empreinte (Mon accès).',
      },
      find: {
        says: 'Depuis hier, quelqu’un essaie beaucoup de codes ou de références avec un même téléphone, à « Retrouver mes livres ». La boutique le freine, et l’acheteur n’attend pas.',
        deed: 'Rien à faire. Si l’acheteur vous écrit, envoyez-lui le lien de sa commande, à son numéro.',
      },
      digits: {
        says: 'Depuis hier, quelqu’un devine la fin du téléphone d’une commande : un lien circule peut-être.',
        deed: 'Si un acheteur s’en plaint, fermez l’ancien lien sur la page de sa commande et envoyez-lui le nouveau.',
      },
      case: {
        says: 'Depuis hier, beaucoup de personnes disent avoir été débitées sans donner le lien d’une commande.',
        deed: 'Voyez « À traiter » : si ces lignes se ressemblent, quelqu’un essaie peut-être de tromper la boutique.',
      },
    },
  },
  database: {
    name: 'Base de données',
    well: (version: string, ms: number) => `PostgreSQL ${version} répond en ${ms} ms.`,
    embedded: (version: string) => `PostgreSQL ${version} embarqué, pour un essai.`,
    embeddedSelling: {
      says: 'La boutique vend avec la base embarquée, qu’une coupure de courant peut abîmer.',
      deed: 'Créez une base PostgreSQL chez l’hébergeur et donnez son adresse dans DATABASE_URL.',
    },
    old: (version: string, least: number) => ({
      says: `PostgreSQL ${version} est trop ancien : il faut la version ${least} ou une plus récente.`,
      deed: 'Demandez à votre hébergeur une base plus récente, ou prenez-en une ailleurs.',
    }),
    slow: (version: string, ms: number) => ({
      says: `PostgreSQL ${version} répond en ${ms} ms : chaque page attend plusieurs réponses.`,
      deed: 'Prenez une base proche du serveur ; sur Workers, passez par Hyperdrive.',
    }),
    away(code: string) {
      const reason = reasonAway(code)
      if (reason === 'login')
        return {
          says: `La base de données refuse l’utilisateur ou le mot de passe (${code}).`,
          deed: 'Mettez les bons dans DATABASE_URL.',
        }
      if (reason === 'certificate')
        return {
          says: `Le certificat du serveur de la base n’est pas reconnu (${code}).`,
          deed: 'Demandez-en un valable à son hébergeur.',
        }
      if (reason === 'missing')
        return {
          says: 'Le serveur ne connaît pas de base du nom qui est dans DATABASE_URL.',
          deed: 'Créez une base de ce nom, ou mettez-y le bon nom.',
        }
      if (reason === 'locked')
        return {
          says: `La base de données est en train d’être mise à jour ailleurs, ou quelque chose retient ses tables (${code}).`,
          deed: 'Attendez quelques minutes et recommencez ; si rien ne change, fermez les autres connexions chez l’hébergeur.',
        }
      return {
        says: `La base de données ne répond pas (${code}).`,
        deed: 'Vérifiez l’hôte et le port dans DATABASE_URL, et que PostgreSQL y tourne.',
      }
    },
  },
  replica: {
    name: 'Réplique',
    well: (seconds: number) =>
      seconds === 0
        ? 'La base d’où viennent les pages (DATABASE_READ_URL) est à jour.'
        : `La base d’où viennent les pages (DATABASE_READ_URL) a ${span(seconds)} de retard.`,
    late: (leastS: number, shownS: number | null) => ({
      says: `La base d’où viennent les pages (DATABASE_READ_URL) a plus de ${span(leastS)} de retard${shownS === null ? '' : ` : ce qu’elle montre de plus neuf a ${span(shownS)}`}. Les visiteurs voient d’anciennes pages, et de vrais prix au moment de payer.`,
      deed: 'Voyez la réplication chez l’hébergeur de la base ; en attendant, retirez DATABASE_READ_URL.',
    }),
    writes: {
      says: 'DATABASE_READ_URL nomme une base qui ne suit pas l’autre : elle écrit elle-même.',
      deed: 'Nommez une réplique, ou retirez cette ligne.',
    },
    untold: {
      says: 'La base d’où viennent les pages (DATABASE_READ_URL) ne dit pas son retard.',
      deed: 'Voyez-le dans les graphiques de son hébergeur.',
    },
    away: (code: string) => ({
      says: `La base d’où viennent les pages (DATABASE_READ_URL) ne répond pas (${code}). L’autre répond à sa place.`,
      deed: 'Vérifiez qu’elle tourne, ou retirez DATABASE_READ_URL.',
    }),
  },
  durability: {
    name: 'Ce qui est écrit reste écrit',
    well: 'PostgreSQL attend le disque avant de dire oui.',
    wrong: (settings: string) => ({
      says: `PostgreSQL est réglé pour oublier des ventes après une panne (${settings}).`,
      deed: 'Demandez à votre hébergeur de remettre ces réglages sur « on ».',
    }),
  },
  deadline: {
    name: 'Délai de la base',
    well: 'Une question sans réponse est abandonnée, et la suivante passe.',
    wrong: {
      says: 'Une question sans réponse n’est pas abandonnée : une page pourrait attendre sans fin.',
      deed: 'Redémarrez l’application ; si cela dure, montrez cette ligne à qui l’a installée.',
    },
  },
  clock: {
    name: 'Horloge',
    well: 'L’heure du serveur est juste.',
    off: (what: 'database' | 'outside', seconds: number) => ({
      says: `L’horloge du serveur et celle ${what === 'database' ? 'de la base' : 'du dehors'} diffèrent de ${span(seconds)}.`,
      deed: 'Demandez à votre hébergeur de régler l’heure du serveur (NTP).',
    }),
  },
  storage: {
    name: 'Fichiers',
    well: 'Un fichier a été écrit, relu et effacé.',
    wrong: {
      says: 'Un fichier ne peut pas être écrit, relu et effacé là où la boutique les garde.',
      deed: 'Donnez au programme le droit d’écrire dans DATA_DIR, et libérez de la place ; sur Workers, vérifiez le bucket R2.',
    },
    full: {
      says: 'Le disque est plein : aucun fichier ne peut plus être gardé.',
      deed: 'Faites de la place chez l’hébergeur, ou prenez une formule plus grande ; les livres déjà vendus se téléchargent toujours.',
    },
    closed: {
      says: 'La boutique n’a pas le droit d’écrire dans le dossier des fichiers.',
      deed: 'Dans le gestionnaire de fichiers de l’hébergeur, donnez à DATA_DIR et à ce qu’il contient les droits 750, au nom de votre compte.',
    },
    bucket: (code: string) => ({
      says: `Le serveur S3 ne garde pas de fichier (${code}).`,
      deed: BUCKET_DEEDS[code] ?? BUCKET_DEED,
    }),
  },
  privacy: {
    name: 'Fichiers privés',
    well: 'Les fichiers ne se trouvent pas depuis Internet.',
    open: (path: string) => ({
      says: `N’importe qui peut lire vos livres sans payer, à l’adresse ${path}.`,
      deed: 'Sortez DATA_DIR du dossier public (public_html), puis redémarrez l’application.',
    }),
    environment: (path: string) => ({
      says: `N’importe qui peut lire vos clés, à l’adresse ${path}.`,
      deed: 'Sortez le fichier .env du dossier public, puis changez toutes les clés qu’il contient.',
    }),
  },
  legal: {
    name: 'Pages légales',
    well: 'Elles disent qui vend.',
    missing: (fields: string) => ({
      says: `Il manque : ${fields}.`,
      deed: 'Complétez « Réglages », puis « Identité légale ».',
    }),
  },
  cron: {
    name: 'Tâche planifiée (cron)',
    ways: {
      address: 'par POST /cron',
      trigger: 'par le déclencheur de Workers',
      command: 'par npm run cron',
    } satisfies Record<CronWay, string>,
    well: (seconds: number, way: string) => `Dernière exécution il y a ${span(seconds)}, ${way}.`,
    never: {
      says: 'Elle ne s’est jamais exécutée : les paiements en attente sont revus quand un visiteur vient.',
      deed: 'Ajoutez la tâche planifiée chez l’hébergeur : la boutique marche sans, moins vite.',
    },
    late: (seconds: number, way: string) => ({
      says: `Elle ne s’exécute plus : la dernière fois, ${way}, c’était il y a ${span(seconds)}.`,
      deed: 'Vérifiez la tâche planifiée chez l’hébergeur, et le secret CRON_SECRET qu’elle envoie.',
    }),
  },
}

export function span(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800
    ? `${Math.round(seconds / 3_600)} h`
    : `${Math.round(seconds / 86_400)} jours`
}
