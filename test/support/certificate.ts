import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Certificate = { key: string; cert: string }

/** A certificate for that name, signed by itself, and good for two days. */
export async function makeCertificate(name: string): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'kiosque-certificate-'))
  const [keyPath, certPath] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  try {
    const wanted = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${name}`
    const rest = ['-addext', `subjectAltName=DNS:${name}`, '-keyout', keyPath, '-out', certPath]
    await promisify(execFile)('openssl', [...wanted.split(' '), ...rest])
    const [key, cert] = await Promise.all([readFile(keyPath, 'utf8'), readFile(certPath, 'utf8')])
    return { key, cert }
  } finally {
    await rm(folder, { recursive: true })
  }
}
