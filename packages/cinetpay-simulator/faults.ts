/** Troubles that can be chosen for one payment: real ones that other shops saw, or likely ones. */
export const FAULTS = [
  { id: 'no-notice', part: 'notice', label: 'aucune notification' },
  { id: 'triple-notice', part: 'notice', label: 'trois notifications en même temps' },
  { id: 'wrong-token', part: 'notice', label: 'x-token faux' },
  { id: 'no-token', part: 'notice', label: 'x-token absent' },
  { id: 'upper-case-token', part: 'notice', label: 'x-token en majuscules' },
  { id: 'shifted-fields', part: 'notice', label: 'champs décalés, x-token valable' },
  { id: 'multipart-notice', part: 'notice', label: 'corps multipart' },
  { id: 'form-notice', part: 'notice', label: 'formulaire au lieu de JSON (nouvelle API)' },
  {
    id: 'short-notice',
    part: 'notice',
    label: 'sans cpm_custom ni cpm_error_message',
  },
  { id: 'extra-fields', part: 'notice', label: 'un champ de trop' },
  { id: 'foreign-site', part: 'notice', label: 'site_id d’un autre marchand' },
  { id: 'unknown-transaction', part: 'notice', label: 'transaction inconnue de la boutique' },
  { id: 'no-return', part: 'return', label: 'le navigateur ne revient pas' },
  { id: 'get-return', part: 'return', label: 'retour par GET au lieu de POST' },
  { id: 'post-glued', part: 'return', label: 'POST, avec un second « ? » collé' },
  { id: 'get-glued', part: 'return', label: 'GET, avec un second « ? » collé' },
  { id: 'post-space', part: 'return', label: 'POST, avec %20 au bout' },
  { id: 'get-space', part: 'return', label: 'GET, avec %20 au bout de l’adresse' },
  { id: 'post-slash', part: 'return', label: 'POST, avec / au bout' },
  { id: 'get-slash', part: 'return', label: 'GET, avec / au bout de l’adresse' },
  { id: 'return-first', part: 'return', label: 'retour avant la notification' },
  { id: 'check-wrong-amount', part: 'check', label: 'montant faux' },
  { id: 'check-wrong-currency', part: 'check', label: 'devise fausse' },
  { id: 'check-number-amount', part: 'check', label: 'montant en nombre, non en texte' },
  { id: 'check-old-shape', part: 'check', label: 'forme de 2021, sans montant ni statut' },
  { id: 'check-unknown', part: 'check', label: 'paiement inconnu' },
  { id: 'check-nested', part: 'check', label: '2010, la raison dans details (nouvelle API)' },
  { id: 'check-404', part: 'check', label: 'page HTML 404' },
  { id: 'check-500', part: 'check', label: 'erreur 500' },
  { id: 'check-502', part: 'check', label: 'erreur 502 en HTML' },
  { id: 'check-truncated', part: 'check', label: 'JSON coupé' },
  { id: 'check-slow', part: 'check', label: 'réponse au bout de 15 secondes' },
] as const

/**
 * A creation's trouble is chosen by its amount, since there is no page yet. It is read and kept, and
 * the line is cut before the answer; the same id once more is refused.
 */
export const CUT_AMOUNT = 6_240

export type Fault = (typeof FAULTS)[number]['id']

export const FAULT_PARTS = {
  notice: 'Notification',
  return: 'Retour du navigateur',
  check: 'Vérification (payment/check)',
} as const

export function isFault(id: string): id is Fault {
  return FAULTS.some((fault) => fault.id === id)
}

export const SLOW_CHECK_MS = 15_000
/** How long after the return a late notice leaves. */
export const LATE_NOTICE_MS = 5_000
