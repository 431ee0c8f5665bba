import * as motifs from './motifs.ts'
import type { Cloth } from './weaving.ts'

const ECRU: Cloth['dyes'] = ['#efe3c8', '#2e1f16', '#9c4a22', '#c98a2b']
const MUD: Cloth['dyes'] = ['#33231a', '#efe3c8', '#c98a2b', '#a5492a']
const INDIGO: Cloth['dyes'] = ['#22325c', '#f0e6d0', '#8fb0c9', '#d9a441']
const RUST: Cloth['dyes'] = ['#b4622d', '#2e1f16', '#f0dfba', '#e0a94a']
const OCHRE: Cloth['dyes'] = ['#cf9a3f', '#3a2318', '#f3e6c6', '#8c3a1d']
const LEAF: Cloth['dyes'] = ['#3f4a2c', '#efe3c8', '#d1a13c', '#b4562c']

/** In the order of their legends in `books/bogolan-vingt-quatre-motifs/book.md`. */
export const CLOTHS: Cloth[] = [
  {
    field: motifs.wellPath,
    across: 3,
    dyes: RUST,
  },
  {
    field: motifs.granaries,
    across: 4,
    dyes: ECRU,
    border: motifs.wellPath,
  },
  {
    field: motifs.sistersHouse,
    across: 4,
    dyes: INDIGO,
  },
  {
    field: motifs.marchRain,
    across: 4,
    dyes: RUST,
    border: motifs.net,
  },
  {
    field: motifs.crocodile,
    across: 3,
    dyes: MUD,
  },
  {
    field: motifs.canoes,
    across: 3,
    dyes: INDIGO,
    border: motifs.riverWaves,
  },
  {
    field: motifs.roofLadder,
    across: 4,
    dyes: MUD,
  },
  {
    field: motifs.chequers,
    across: 4,
    dyes: INDIGO,
    border: motifs.crocodile,
  },
  {
    field: motifs.splitCalabash,
    across: 4,
    dyes: RUST,
  },
  {
    field: motifs.northStar,
    across: 4,
    dyes: RUST,
    border: motifs.chequers,
  },
  {
    field: motifs.captainBones,
    across: 3,
    dyes: MUD,
  },
  {
    field: motifs.drum,
    across: 3,
    dyes: OCHRE,
    border: motifs.comb,
  },
  {
    field: motifs.steps,
    across: 3,
    dyes: ECRU,
  },
  {
    field: motifs.millet,
    across: 4,
    dyes: LEAF,
  },
  {
    field: motifs.hareTracks,
    across: 3,
    dyes: ECRU,
    border: motifs.captainBones,
  },
  {
    field: motifs.weaverEye,
    across: 4,
    dyes: INDIGO,
  },
  {
    field: motifs.riverWaves,
    across: 2,
    dyes: ECRU,
  },
  {
    field: motifs.comb,
    across: 3,
    dyes: RUST,
    border: motifs.hareTracks,
  },
  {
    field: motifs.marketSpiral,
    across: 4,
    dyes: ECRU,
    border: motifs.roofLadder,
  },
  {
    field: motifs.net,
    across: 4,
    dyes: INDIGO,
  },
  {
    field: motifs.key,
    across: 4,
    dyes: LEAF,
    border: motifs.sistersHouse,
  },
  {
    field: motifs.hills,
    across: 4,
    dyes: OCHRE,
    border: motifs.net,
  },
  {
    field: motifs.sun,
    across: 3,
    dyes: MUD,
    border: motifs.chequers,
  },
  {
    field: motifs.cousinsKnot,
    across: 4,
    dyes: OCHRE,
  },
]
