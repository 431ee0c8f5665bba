import { paths } from '../../links/addresses.ts'

/** The addresses of this room, by the names that it uses. */
export const suitcasePaths = {
  room: paths.suitcases,
  make: paths.makeSuitcase,
  one: paths.suitcase,
  file: (id: string, name: string, key?: string) =>
    paths.suitcaseFile(id, name) + (key ? `?cle=${key}` : ''),
  remove: paths.removeSuitcase,
  start: paths.startArrival,
  simple: paths.simpleArrival,
  arrival: paths.arrival,
  finish: paths.finishArrival,
  secret: paths.arrivalSecret,
}
