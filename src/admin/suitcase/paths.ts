import { paths } from '../../urls.ts'

const room = `${paths.settings}/valise`
const one = (id: string) => `${room}/${id}`

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
  piece: (id: string, number: number) => `${room}/arrivees/${id}/${number}`,
  finish: (id: string) => `${room}/arrivees/${id}/finir`,
  secret: (id: string) => `${room}/arrivees/${id}/secret`,
}
