import type { Colour } from '../lib/colour.ts'
import { base } from './style/base.ts'
import { forms } from './style/forms.ts'
import { order } from './style/order.ts'
import { palette } from './style/palette.ts'
import { storefrontStyle } from './style/storefront.ts'

/** Line ends and indentation cost something on a metered network. */
const packed = (css: string) => css.replace(/\n\s*/g, '')

const rules = packed(base + storefrontStyle + forms + order)

/** The one stylesheet, in a shop's own colour. System fonts; it loads nothing. */
export const stylesheet = (brand: Colour): string => palette(brand) + rules
