import { paths } from '../../links/addresses.ts'

/** The addresses of this room, by the names that it uses. */
export const at = {
  list: paths.promotions,
  new: paths.newPromotion,
  one: paths.promotion,
  state: paths.promotionState,
}
