import { hasName, lookUp } from '../../src/lib/look-up.ts'
import { same, wordsOf } from './words.ts'
import type { InBoth, Spoken } from './words.ts'

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
    title: { fr: 'Adresse de l’appelant (2011)', en: 'The caller’s address (2011)' },
    choices: {
      all: { fr: 'refusée, pour tous', en: 'refused, for all' },
      unlisted: {
        fr: 'refusée, sauf celles de la liste',
        en: 'refused, but for those of the list',
      },
    },
  },
  login: {
    title: { fr: 'Connexion', en: 'Login' },
    choices: {
      keys: { fr: 'clé ou mot de passe refusés (1005)', en: 'key or password refused (1005)' },
      '502': { fr: 'erreur 502 en HTML', en: 'error 502 in HTML' },
    },
  },
  life: {
    title: { fr: 'Durée d’un jeton', en: 'Life of a token' },
    choices: {
      '60': { fr: 'une minute', en: 'a minute' },
      '5700': same('95 minutes'),
      '86400': { fr: 'un jour', en: 'a day' },
    },
  },
  token: {
    title: { fr: 'Jetons déjà donnés, refusés par', en: 'Tokens given so far, refused by' },
    choices: {
      'http-401': { fr: 'HTTP 401 sans code', en: 'HTTP 401 without a code' },
      '1002': same('code 1002'),
      '1003': same('code 1003'),
      'nested-code': same('HTTP 422, details.code 1002'),
      'nested-word': same('HTTP 422, details.status INVALID_TOKEN'),
    },
  },
  renewal: {
    title: { fr: 'Après une nouvelle connexion', en: 'After a new login' },
    choices: { none: { fr: 'les jetons restent refusés', en: 'tokens stay refused' } },
  },
  creation: {
    title: { fr: 'Création', en: 'Creation' },
    choices: {
      'no-id': {
        fr: 'réponse sans l’identifiant de la boutique',
        en: 'an answer without the shop’s id',
      },
      'exists-200': {
        fr: 'créée, et « existe déjà » (1200) sous HTTP 200',
        en: 'made, and “exists already” (1200) under HTTP 200',
      },
      'exists-400': {
        fr: 'créée, et « existe déjà » (1200) sous HTTP 400',
        en: 'made, and “exists already” (1200) under HTTP 400',
      },
      'exists-409': {
        fr: 'créée, et « existe déjà » (1200) sous HTTP 409',
        en: 'made, and “exists already” (1200) under HTTP 409',
      },
      'exists-422': {
        fr: 'créée, et « existe déjà » (1200) sous HTTP 422',
        en: 'made, and “exists already” (1200) under HTTP 422',
      },
      balance: {
        fr: 'refusée : 2010, avec 2005 dans details',
        en: 'refused: 2010, with 2005 in details',
      },
      '502': { fr: 'créée, et erreur 502 en HTML', en: 'made, and error 502 in HTML' },
    },
  },
  unknown: {
    title: {
      fr: 'Paiement inconnu (HTTP 422, code 404)',
      en: 'Unknown payment (HTTP 422, code 404)',
    },
    choices: {
      '404': { fr: 'HTTP 404 avec JSON', en: 'HTTP 404 with JSON' },
      '404-empty': { fr: 'HTTP 404 sans corps', en: 'HTTP 404 without a body' },
    },
  },
  errors: {
    title: { fr: 'Toutes les erreurs', en: 'All errors' },
    choices: {
      'http-200': { fr: 'sous HTTP 200', en: 'under HTTP 200' },
      nested: { fr: 'sous 2010, leur code dans details', en: 'under 2010, their code in details' },
    },
  },
  page: {
    title: { fr: 'Hôte de la page de paiement', en: 'Host of the payment page' },
    choices: Object.fromEntries(PAGE_HOSTS.map((host) => [host, same(host)])),
  },
  packed: {
    title: { fr: 'Réponses comprimées sans qu’on le demande', en: 'Answers compressed unasked' },
    choices: { gzip: same('gzip'), deflate: same('deflate'), br: same('br') },
  },
} as const satisfies Record<string, { title: InBoth; choices: Record<string, InBoth> }>

export type ApiFaultPart = keyof typeof API_FAULT_PARTS

/**
 * A choice of each part, or empty; and the addresses that are listed when all others are refused.
 */
export type ApiFaults = Record<ApiFaultPart, string> & { listed: string }

const PARTS = Object.keys(API_FAULT_PARTS) as ApiFaultPart[]

export const choicesOf = (part: ApiFaultPart): Record<string, InBoth> =>
  API_FAULT_PARTS[part].choices

export function noApiFaults(): ApiFaults {
  return { ...(Object.fromEntries(PARTS.map((part) => [part, ''])) as ApiFaults), listed: '' }
}

/** What was posted, with nothing chosen where nothing is said; or the sentence that says what is wrong. */
export function readApiFaults(
  fields: Record<string, unknown>,
  language: Spoken,
): ApiFaults | string {
  const faults = noApiFaults()
  const { problems } = wordsOf(language)
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string') return problems.text(name)
    if (name === 'listed') faults.listed = value
    else if (!hasName(API_FAULT_PARTS, name)) return problems.fault(name)
    else if (value !== '' && lookUp(choicesOf(name), value) === undefined)
      return problems.choice(value, name)
    else faults[name] = value
  }
  return faults
}

/** Whether CinetPay would answer this caller: the merchant's list holds IPv4 addresses. */
export function isLetIn({ address, listed }: ApiFaults, caller: string): boolean {
  if (address === 'unlisted') return listed.split(/[\s,;]+/).includes(caller)
  return address === ''
}
