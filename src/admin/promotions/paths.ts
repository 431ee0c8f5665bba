import { paths } from '../../links/addresses.ts'

/** The addresses of this room. */
export const at = {
  list: `${paths.desk}/promotions`,
  new: `${paths.desk}/promotions/nouvelle`,
  one: (id: number) => `${paths.desk}/promotions/${id}`,
  state: (id: number) => `${paths.desk}/promotions/${id}/etat`,
}
