/** What a file of sound says of itself. */
export type SoundFacts = {
  /** Null where it does not say. */
  seconds: number | null
  title?: string
  artist?: string
}

export type SoundReading =
  /**
   * `toldSeconds`: it says that it is as long, and ends before; `gapSeconds`: where zeros stand in the place
   * of a little sound, or between two parts. It plays all the same.
   */
  | { ok: true; facts: SoundFacts; toldSeconds?: number; gapSeconds?: number }
  | { ok: false; why: SoundFault }
  /** From here on, in seconds, there are only zeros. */
  | { ok: false; why: 'hole'; seconds: number }

export type SoundFault =
  | 'no-sound'
  /** Sound of MPEG, and not of its third layer: MP1 or MP2, which browsers do not play. */
  | 'layer'
  /** It ends before its end, or what names the sound is missing, which stands there. */
  | 'cut'
  /** A film. */
  | 'picture'
  /** Sound of a kind that few phones play. */
  | 'codec'
  /** Only the shop that sold it can open it. */
  | 'locked'
