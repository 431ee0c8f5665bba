import { readdirSync, readFileSync } from 'node:fs'

/** What a process holds in memory, in MB; nothing while it ends. */
export const rssMb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** How much more a process held at its highest than at the start, in MB. */
export function watchMemory(pid: number) {
  const before = rssMb(pid)
  let highest = before
  const clock = setInterval(() => {
    try {
      highest = Math.max(highest, rssMb(pid))
    } catch {
      // It has ended, which is the test's to notice.
      clearInterval(clock)
    }
  }, 5)
  return {
    end() {
      clearInterval(clock)
      return highest - before
    },
  }
}

/**
 * The one of this process' children of that name that was started last. An earlier test's may still
 * be there: it ends a moment after it was told to.
 */
export function newestChild(name: string): number {
  const begun = readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map((pid) => ({
      pid: Number(pid),
      ...(statusOf(pid) ?? { name: '', parent: 0, startedAt: 0 }),
    }))
    .filter((one) => one.name === name && one.parent === process.pid)
    .sort((a, b) => b.startedAt - a.startedAt)
  return begun[0]!.pid
}

/** proc(5), /proc/pid/stat: the name in brackets is the second field, the parent the 4th, the start the 22nd. */
function statusOf(pid: string) {
  try {
    const [, name, rest] = / \((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))!
    const fields = rest!.split(' ')
    return { name, parent: Number(fields[1]), startedAt: Number(fields[19]) }
  } catch {
    return undefined
  }
}
