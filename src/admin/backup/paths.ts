import { paths } from '../../links/addresses.ts'

const room = `${paths.settings}/valise`
const one = (id: string) => `${room}/${id}`
const arrival = (id: string) => `${room}/arrivees/${id}`

/** The addresses of this room. */
export const suitcasePaths = {
  room,
  make: `${room}/faire`,
  one,
  file: (id: string, name: string, key?: string) =>
    `${one(id)}/fichier/${name}${key ? `?cle=${key}` : ''}`,
  remove: (id: string) => `${one(id)}/supprimer`,
  start: `${room}/arrivees`,
  simple: `${room}/arrivees/simple`,
  arrival,
  finish: (id: string) => `${arrival(id)}/finir`,
  secret: (id: string) => `${arrival(id)}/secret`,
}
