import { Resolver } from 'node:dns/promises'
import { connect } from 'node:tls'
import type { Database } from '../../data/database.ts'
import type { Certificate, Probes } from '../../contracts/probes.ts'

const DNS_MS = 2_000
const TLS_MS = 5_000

/** What the doctor can see on Node. Without `openDatabase` the database is the embedded one. */
export function nodeProbes(openDatabase: ((deadlineMs: number) => Database) | undefined): Probes {
  const resolver = new Resolver({ timeout: DNS_MS, tries: 2 })
  return {
    runtime: `Node ${process.versions.node}`,
    openDatabase,
    certificate,
    async txt(name) {
      try {
        return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
      } catch (error) {
        if (/^(?:ENODATA|ENOTFOUND)$/.test((error as { code?: string }).code ?? '')) return []
        throw error
      }
    },
  }
}

/** Completes a TLS handshake whatever the certificate, and reports what a browser would object to. */
export function certificate(host: string, port: number): Promise<Certificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: host, rejectUnauthorized: false })
    socket.setTimeout(TLS_MS, () => socket.destroy(new Error('no answer')))
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      const { valid_to: until } = socket.getPeerCertificate()
      const { authorizationError: fault } = socket
      resolve({
        expiresAt: new Date(until),
        ...(fault && { fault: (fault as { code?: string }).code ?? String(fault) }),
      })
      socket.end()
    })
  })
}
