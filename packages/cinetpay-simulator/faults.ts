/** Troubles that can be chosen for one payment: real ones that other shops saw, or likely ones. */
export const FAULTS = [
  { id: 'no-notice', part: 'notice', label: { fr: 'aucune notification', en: 'no notice' } },
  {
    id: 'triple-notice',
    part: 'notice',
    label: { fr: 'trois notifications en même temps', en: 'three notices at the same time' },
  },
  { id: 'wrong-token', part: 'notice', label: { fr: 'x-token faux', en: 'wrong x-token' } },
  { id: 'no-token', part: 'notice', label: { fr: 'x-token absent', en: 'no x-token' } },
  {
    id: 'upper-case-token',
    part: 'notice',
    label: { fr: 'x-token en majuscules', en: 'x-token in capitals' },
  },
  {
    id: 'shifted-fields',
    part: 'notice',
    label: { fr: 'champs décalés, x-token valable', en: 'fields shifted, x-token valid' },
  },
  {
    id: 'multipart-notice',
    part: 'notice',
    label: { fr: 'corps multipart', en: 'multipart body' },
  },
  {
    id: 'form-notice',
    part: 'notice',
    label: {
      fr: 'formulaire au lieu de JSON (nouvelle API)',
      en: 'a form in place of JSON (newer API)',
    },
  },
  {
    id: 'short-notice',
    part: 'notice',
    label: {
      fr: 'sans cpm_custom ni cpm_error_message',
      en: 'without cpm_custom and cpm_error_message',
    },
  },
  {
    id: 'extra-fields',
    part: 'notice',
    label: { fr: 'un champ de trop', en: 'one field too many' },
  },
  {
    id: 'foreign-site',
    part: 'notice',
    label: { fr: 'site_id d’un autre marchand', en: 'site_id of another merchant' },
  },
  {
    id: 'unknown-transaction',
    part: 'notice',
    label: {
      fr: 'transaction inconnue de la boutique',
      en: 'a transaction that the shop does not know',
    },
  },
  {
    id: 'no-return',
    part: 'return',
    label: { fr: 'le navigateur ne revient pas', en: 'the browser does not come back' },
  },
  {
    id: 'get-return',
    part: 'return',
    label: { fr: 'retour par GET au lieu de POST', en: 'back by GET in place of POST' },
  },
  {
    id: 'post-glued',
    part: 'return',
    label: { fr: 'POST, avec un second « ? » collé', en: 'POST, with a second “?” glued on' },
  },
  {
    id: 'get-glued',
    part: 'return',
    label: { fr: 'GET, avec un second « ? » collé', en: 'GET, with a second “?” glued on' },
  },
  {
    id: 'post-space',
    part: 'return',
    label: { fr: 'POST, avec %20 au bout', en: 'POST, with %20 at the end' },
  },
  {
    id: 'get-space',
    part: 'return',
    label: {
      fr: 'GET, avec %20 au bout de l’adresse',
      en: 'GET, with %20 at the end of the address',
    },
  },
  {
    id: 'post-slash',
    part: 'return',
    label: { fr: 'POST, avec / au bout', en: 'POST, with / at the end' },
  },
  {
    id: 'get-slash',
    part: 'return',
    label: { fr: 'GET, avec / au bout de l’adresse', en: 'GET, with / at the end of the address' },
  },
  {
    id: 'return-first',
    part: 'return',
    label: { fr: 'retour avant la notification', en: 'back before the notice' },
  },
  { id: 'check-wrong-amount', part: 'check', label: { fr: 'montant faux', en: 'wrong amount' } },
  {
    id: 'check-wrong-currency',
    part: 'check',
    label: { fr: 'devise fausse', en: 'wrong currency' },
  },
  {
    id: 'check-number-amount',
    part: 'check',
    label: { fr: 'montant en nombre, non en texte', en: 'the amount as a number, not as text' },
  },
  {
    id: 'check-old-shape',
    part: 'check',
    label: {
      fr: 'forme de 2021, sans montant ni statut',
      en: 'shape of 2021, without amount or status',
    },
  },
  { id: 'check-unknown', part: 'check', label: { fr: 'paiement inconnu', en: 'unknown payment' } },
  {
    id: 'check-nested',
    part: 'check',
    label: {
      fr: '2010, la raison dans details (nouvelle API)',
      en: '2010, the reason in details (newer API)',
    },
  },
  { id: 'check-404', part: 'check', label: { fr: 'page HTML 404', en: 'HTML page 404' } },
  { id: 'check-500', part: 'check', label: { fr: 'erreur 500', en: 'error 500' } },
  { id: 'check-502', part: 'check', label: { fr: 'erreur 502 en HTML', en: 'error 502 in HTML' } },
  { id: 'check-truncated', part: 'check', label: { fr: 'JSON coupé', en: 'JSON cut off' } },
  {
    id: 'check-slow',
    part: 'check',
    label: { fr: 'réponse au bout de 15 secondes', en: 'an answer after 15 seconds' },
  },
] as const

/**
 * A creation's trouble is chosen by its amount, since there is no page yet. It is read and kept, and
 * the line is cut before the answer; the same id once more is refused.
 */
export const CUT_AMOUNT = 6_240

export type Fault = (typeof FAULTS)[number]['id']

export const FAULT_PARTS = {
  notice: { fr: 'Notification', en: 'Notice' },
  return: { fr: 'Retour du navigateur', en: 'The browser’s way back' },
  check: { fr: 'Vérification (payment/check)', en: 'Check (payment/check)' },
} as const

export function isFault(id: string): id is Fault {
  return FAULTS.some((fault) => fault.id === id)
}

export const SLOW_CHECK_MS = 15_000
/** How long after the return a late notice leaves. */
export const LATE_NOTICE_MS = 5_000
