/** Why a server cannot listen at its address, in a sentence; undefined for another fault. */
export function cannotListen(
  { code }: { code?: string | undefined },
  { port, host, setting = 'PORT' }: { port: number; host?: string | undefined; setting?: string },
): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
    case 'ERR_ADDRESS_IN_USE':
      return `Port ${port} is taken. Stop what uses it, or set ${setting} to another one.`
    case 'EACCES':
      return `This user may not listen on port ${port}. Set ${setting} to one from 1024 up; a proxy in front can lead the usual ports to it.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return `HOST is ${host ?? 'not set'}, which is no address of this machine (${code}). Set it to 127.0.0.1 for this machine only, or to 0.0.0.0 for all its addresses.`
    default:
      return undefined
  }
}
