import type { Shop } from '../../src/contracts/shop.ts'

/**
 * The shop with everybody who looks on at its outside waits (statements, calls to CinetPay, files):
 * `meet` is handed the name of each and its deed, and does it, or not. A statement is named for the
 * function that asks it.
 */
export function watchSteps(
  shop: Shop,
  meet: <T>(name: string, deed: () => PromiseLike<T>) => Promise<T>,
): Shop {
  const sql = new Proxy(shop.sql, {
    apply(target, self, parts: never[]) {
      const query = Reflect.apply(target, self, parts) as PromiseLike<unknown>
      if (!Object.hasOwn(parts[0]!, 'raw')) return query
      const name = `sql ${asker()}`
      const run = query.then.bind(query)
      query.then = (onAnswer, onFault) =>
        meet(name, () => run((rows) => rows)).then(onAnswer, onFault) as never
      return query
    },
  })
  return {
    ...shop,
    sql,
    mail: shop.mail && watched('mail', shop.mail, ['send']),
    provider: watched('cinetpay', shop.provider, ['begin', 'check']),
    files: {
      ...watched('files', shop.files, ['put', 'read', 'remove']),
      pieces: watched('pieces', shop.files.pieces, ['begin', 'put', 'finish', 'drop']),
    },
  }

  function watched<T extends object>(place: string, whole: T, names: (keyof T & string)[]): T {
    const deeds = names.map((name) => {
      const deed = whole[name] as (...given: unknown[]) => Promise<unknown>
      return [name, (...given: unknown[]) => meet(`${place} ${name}`, () => deed(...given))]
    })
    return { ...whole, ...Object.fromEntries(deeds) }
  }
}

const WRAPPERS = new Set(['asker', 'apply', 'sql', 'tag', 'columns', 'note', 'Object', ''])

/** The first function on the stack that is neither a wrapper nor part of a statement. */
function asker(): string {
  const frames = (new Error().stack ?? '').split('\n').slice(1)
  const names = frames.map((frame) => /at (?:async )?(?:Object\.)?([\w$]+) /.exec(frame)?.[1] ?? '')
  return (names.find((name) => !WRAPPERS.has(name)) ?? 'statement').replace(/\d+$/, '')
}
