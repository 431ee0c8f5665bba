import { hasName, lookUp } from '../../src/lib/look-up.ts'

/** Hosts of the payment page that CinetPay's own front-end listens to. */
const PAGE_HOSTS = ['secure', 'checkout'].flatMap((name) =>
  ['net', 'co', 'com'].map((end) => `${name}.cinetpay.${end}`),
)

/**
 * Troubles of the newer API itself: a login and a creation have no page on which to choose. One of
 * each part at a time, kept until another choice is posted.
 */
export const API_FAULT_PARTS = {
  address: {
    title: 'Adresse de l’appelant (2011)',
    choices: { all: 'refusée, pour tous', unlisted: 'refusée, sauf celles de la liste' },
  },
  login: {
    title: 'Connexion',
    choices: { keys: 'clé ou mot de passe refusés (1005)', '502': 'erreur 502 en HTML' },
  },
  life: {
    title: 'Durée d’un jeton',
    choices: { '60': 'une minute', '5700': '95 minutes', '86400': 'un jour' },
  },
  token: {
    title: 'Jetons déjà donnés, refusés par',
    choices: {
      'http-401': 'HTTP 401 sans code',
      '1002': 'code 1002',
      '1003': 'code 1003',
      'nested-code': 'HTTP 422, details.code 1002',
      'nested-word': 'HTTP 422, details.status INVALID_TOKEN',
    },
  },
  renewal: {
    title: 'Après une nouvelle connexion',
    choices: { none: 'les jetons restent refusés' },
  },
  creation: {
    title: 'Création',
    choices: {
      'no-id': 'réponse sans l’identifiant de la boutique',
      'exists-200': 'créée, et « existe déjà » (1200) sous HTTP 200',
      'exists-400': 'créée, et « existe déjà » (1200) sous HTTP 400',
      'exists-409': 'créée, et « existe déjà » (1200) sous HTTP 409',
      'exists-422': 'créée, et « existe déjà » (1200) sous HTTP 422',
      balance: 'refusée : 2010, avec 2005 dans details',
      '502': 'créée, et erreur 502 en HTML',
    },
  },
  unknown: {
    title: 'Paiement inconnu (HTTP 422, code 404)',
    choices: { '404': 'HTTP 404 avec JSON', '404-empty': 'HTTP 404 sans corps' },
  },
  errors: {
    title: 'Toutes les erreurs',
    choices: { 'http-200': 'sous HTTP 200', nested: 'sous 2010, leur code dans details' },
  },
  page: {
    title: 'Hôte de la page de paiement',
    choices: Object.fromEntries(PAGE_HOSTS.map((host) => [host, host])),
  },
  packed: {
    title: 'Réponses comprimées sans qu’on le demande',
    choices: { gzip: 'gzip', deflate: 'deflate', br: 'br' },
  },
} as const satisfies Record<string, { title: string; choices: Record<string, string> }>

export type ApiFaultPart = keyof typeof API_FAULT_PARTS

/**
 * A choice of each part, or empty; and the addresses that are listed when all others are refused.
 */
export type ApiFaults = Record<ApiFaultPart, string> & { listed: string }

const PARTS = Object.keys(API_FAULT_PARTS) as ApiFaultPart[]

export const choicesOf = (part: ApiFaultPart): Record<string, string> =>
  API_FAULT_PARTS[part].choices

export function noApiFaults(): ApiFaults {
  return { ...(Object.fromEntries(PARTS.map((part) => [part, ''])) as ApiFaults), listed: '' }
}

/** What was posted, with nothing chosen where nothing is said; or the sentence that says what is wrong. */
export function readApiFaults(fields: Record<string, unknown>): ApiFaults | string {
  const faults = noApiFaults()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string') return `« ${name} » doit être un texte.`
    if (name === 'listed') faults.listed = value
    else if (!hasName(API_FAULT_PARTS, name)) return `« ${name} » n’est pas une panne de l’API.`
    else if (value !== '' && lookUp(choicesOf(name), value) === undefined)
      return `« ${value} » n’est pas un choix de « ${name} ».`
    else faults[name] = value
  }
  return faults
}

/** Whether CinetPay would answer this caller: the merchant's list holds IPv4 addresses. */
export function isLetIn({ address, listed }: ApiFaults, caller: string): boolean {
  if (address === 'unlisted') return listed.split(/[\s,;]+/).includes(caller)
  return address === ''
}
