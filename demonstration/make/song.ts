import { drawFrom } from '../random.ts'
import type { Draw } from '../random.ts'

const RATE = 22_050
const SECONDS = 18
const BEAT_SECONDS = 0.3
const TONIC_HZ = 174.61
/** Semitones above the tonic: a scale of five notes, over two octaves. */
const SCALE = [0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24]
/** A step of the scale a beat, `.` for a rest: seven phrases, as there are seven rains. */
const MELODY = '5.7.9.75 4.5.7.54 2.4.5.7. 9.7.a.97 5.4.2.45 7.5.4.20 2.4.5...'
const BASS = '0...3... 1...4... 0...3... 1...4... 0...3... 1...3... 0.......'

/** A plucked air over rain on a tin roof, as 16-bit mono samples in a WAV file. */
export function composeWav(): Uint8Array {
  const draw = drawFrom(7)
  const sound = new Float32Array(RATE * SECONDS)
  play(sound, MELODY, 0.5, draw)
  play(sound, BASS, 0.42, draw, -12)
  rain(sound, draw)
  return wav(fade(sound))
}

function play(sound: Float32Array, notes: string, loudness: number, draw: Draw, shift = 0) {
  for (const [beat, sign] of [...notes.replaceAll(' ', '')].entries()) {
    if (sign === '.') continue
    const semitones = SCALE[Number.parseInt(sign, 16)]! + shift
    const at = Math.round((0.4 + beat * BEAT_SECONDS + draw() * 0.012) * RATE)
    pluck(sound, at, TONIC_HZ * 2 ** (semitones / 12), loudness * (0.85 + draw() * 0.3), draw)
  }
}

/** Karplus and Strong's string: noise that goes round and grows softer. */
function pluck(sound: Float32Array, at: number, hz: number, loudness: number, draw: Draw) {
  const string = Float32Array.from({ length: Math.round(RATE / hz) }, () => draw() * 2 - 1)
  const end = Math.min(sound.length, at + RATE * 2.4)
  for (let i = at, place = 0; i < end; i++, place = (place + 1) % string.length) {
    const next = string[(place + 1) % string.length]!
    sound[i]! += string[place]! * loudness
    string[place] = (string[place]! * 0.5 + next * 0.5) * 0.9965
  }
}

function rain(sound: Float32Array, draw: Draw) {
  let low = 0
  for (let i = 0; i < sound.length; i++) {
    low += (draw() * 2 - 1 - low) * 0.25
    sound[i]! += low * 0.03 * (1 + Math.sin(i / RATE / 2))
    if (draw() < 6 / RATE) drop(sound, i, draw)
  }
}

function drop(sound: Float32Array, at: number, draw: Draw) {
  const hz = 900 + draw() * 1_400
  const loudness = 0.02 + draw() * 0.05
  for (let i = 0; i < RATE * 0.05 && at + i < sound.length; i++)
    sound[at + i]! += Math.sin((2 * Math.PI * hz * i) / RATE) * Math.exp(-i / 180) * loudness
}

function fade(sound: Float32Array): Float32Array {
  const peak = sound.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
  const tail = RATE * 2
  return sound.map((one, i) => (one / peak) * 0.8 * Math.min(1, (sound.length - i) / tail))
}

function wav(sound: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(44 + sound.length * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + sound.length * 2, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(RATE, 24)
  bytes.writeUInt32LE(RATE * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(sound.length * 2, 40)
  for (const [i, one] of sound.entries()) bytes.writeInt16LE(Math.round(one * 32_767), 44 + i * 2)
  return bytes
}
