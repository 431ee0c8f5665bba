/** What a sound file says about itself. */
export type SoundFacts = {
  /** Null if unknown. */
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
  /** From this second on there are only zeros. */
  | { ok: false; why: 'hole'; seconds: number }

export type SoundFault =
  | 'no-sound'
  /** MPEG sound other than layer III: MP1 or MP2, which browsers do not play. */
  | 'layer'
  /** It ends early, or lacks the part at its end that describes the sound. */
  | 'cut'
  /** It is a film. */
  | 'picture'
  /** A codec that few phones play. */
  | 'codec'
  /** Only the shop that sold it can open it. */
  | 'locked'
