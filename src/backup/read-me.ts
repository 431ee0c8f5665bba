import { LEFT_TABLES } from '../data/archive/tables.ts'
import type { Contents } from '../data/archive/contents.ts'

/** For somebody who opens the archive years from now, without the shop at hand. */
export function readMe({ madeAt, publicUrl, schema, sealed }: Contents): string {
  return `KIOSQUE : votre boutique dans une valise
=========================================

Boutique : ${publicUrl}
Faite le : ${madeAt}
Version des données : ${schema}

Cette archive contient des données personnelles (noms, téléphones) : gardez-la pour vous.

rows/   les données, un fichier par morceau de table (JSON, une ligne par enregistrement, gzip)
files/  les livres et les couvertures (absents d'une sauvegarde sans fichiers)
manifest.json  ce que contient l'archive, avec une somme SHA-256 pour chaque fichier

Pour l'ouvrir : installez Kiosque, de la même version, avec une base vide et le même APP_SECRET,
puis « Réglages », « Valise », ou : npm run import -- valise.tar
${sealed ? "APP_SECRET est dans l'archive, fermé par votre phrase secrète.\n" : "APP_SECRET n'est PAS dans cette archive. Sans lui, les liens déjà vendus ne s'ouvrent plus.\n"}
Ne voyagent pas : les réglages de l'hébergeur (adresse, base, clés CinetPay, courriel), les personnes
connectées, et les compteurs. Les clés d'accès (empreinte, visage) valent pour un nom de domaine :
elles marchent encore si l'adresse de la boutique reste la même.

In English
----------
A whole Kiosque shop. rows/ holds the data (JSON lines, gzip), files/ the books and covers,
manifest.json the list of all with a SHA-256 each. Install the same version of Kiosque with an empty
database and the same APP_SECRET, then "Settings", "Suitcase", or: npm run import -- suitcase.tar
${sealed ? 'APP_SECRET is inside, under your passphrase.\n' : 'APP_SECRET is NOT inside: without it, links that were sold do not open.\n'}
The host's own settings do not travel (address, database, CinetPay keys, mail), nor these tables:
${Object.entries(LEFT_TABLES)
  .map(([name, why]) => `  ${name}: ${why}`)
  .join('\n')}
Passkeys belong to a domain: they go on working if the shop keeps its address.
`
}
