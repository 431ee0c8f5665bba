/** SQLSTATE classes 08, 53 and 57: connection, resources, operator; 25006: read-only. */
const SILENT_STATES = /^(08...|53...|57P..|25006)$/
/** Of the network, and of the driver. */
const SILENT_CODES =
  /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|CONNECT)/
const OF_TLS = /^(CERT_|DEPTH_ZERO_|ERR_TLS_|SELF_SIGNED_|UNABLE_TO_)/

/**
 * Why a database is out of reach, by the code of the fault; undefined for a fault of another kind. A
 * password that the host changed, or a certificate that has expired, is not the shop's fault.
 */
export function reasonAway(
  code: string,
): 'login' | 'certificate' | 'missing' | 'locked' | 'silent' | undefined {
  if (/^(28...|SASL_.*)$/.test(code)) return 'login'
  if (code === '3D000') return 'missing'
  // Only an upgrade gives up on a lock (data/migrate.ts).
  if (code === '55P03') return 'locked'
  if (OF_TLS.test(code)) return 'certificate'
  return SILENT_STATES.test(code) || SILENT_CODES.test(code) ? 'silent' : undefined
}
