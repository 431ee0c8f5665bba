import { spellCode } from '../../lib/crockford.ts'
import type { Stamp } from '../../../packages/pdf/stamp/tail.ts'
import type { Language } from '../../words/words.ts'

/** Whose copy it is; without name and number once the person was erased. */
type StampedOrder = {
  code: string
  buyerName: string
  phoneE164: string
  language: Language
  erasedAt: Date | null
}

/**
 * The words of the stamp, for recipes of format 1. They stand here and not in the dictionary, because
 * a copy that was begun must go on with the same bytes after any release: they are never edited. They
 * depend on the order's row only. A person who is erased, or whose name is corrected, changes the
 * copy, and with it its entity tag: what was half fetched begins anew.
 */
export function stampOf(order: StampedOrder): Stamp {
  const isKnown = order.erasedAt === null
  const buyer = isKnown ? order.buyerName : ''
  const phone = isKnown ? maskPhone(order.phoneE164) : ''
  const [copy, sale] =
    order.language === 'fr' ? ['Exemplaire personnel', 'commande'] : ['Personal copy', 'order']
  const who = [buyer, phone, `${sale} ${spellCode(order.code)}`].filter(Boolean).join(' · ')
  return { line: `${copy} : ${who}`, order: order.code, buyer, phone }
}

/** The country prefix and the last two digits: +225 ••••••89. */
const maskPhone = (e164: string) => `${e164.slice(0, 4)} ••••••${e164.slice(-2)}`
