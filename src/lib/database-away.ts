/** SQLSTATE classes 08, 53 and 57: connection, resources, operator; 25006: read-only. */
const SILENT_STATES = /^(08...|53...|57P..|25006)$/
/** Codes of the network and of the driver. */
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
  // Only an upgrade gives up waiting for a lock (data/migrate.ts).
  if (code === '55P03') return 'locked'
  if (OF_TLS.test(code)) return 'certificate'
  return SILENT_STATES.test(code) || SILENT_CODES.test(code) ? 'silent' : undefined
}

/**
 * Why a statement certainly left nothing behind, so that it may be sent once more. 40001 and 40P01: it
 * lost against another one. 25006: this server only reads, as a primary that has become a standby does,
 * on connections that outlive the change. 0A000 of this routine: an upgrade changed what a named statement
 * returns, and a pooler that keeps it for all gives the driver the same one again. Undefined where it is not known, as after a connection that
 * broke: the driver (3.4.9) says no more than that either where an administrator ended the session.
 */
export function wasNotDone(error: unknown): 'undone' | 'wrong server' | 'old plan' | undefined {
  const { code, routine } = (error ?? {}) as { code?: unknown; routine?: unknown }
  if (code === '0A000' && routine === 'RevalidateCachedQuery') return 'old plan'
  if (code === '25006') return 'wrong server'
  return code === '40001' || code === '40P01' ? 'undone' : undefined
}
