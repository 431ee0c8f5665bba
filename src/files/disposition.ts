/** File systems allow 255 bytes, and a browser needs room for its " (1)". */
const MAX_NAME_BYTES = 200

/**
 * The Content-Disposition of a file: RFC 6266, with its name in UTF-8 as RFC 8187 writes it, and
 * before it a name in ASCII for programs that read no other. The whole is ASCII, as Node demands
 * of a header. The name comes from a seller: it leads to no other folder, hides nothing behind a
 * change of writing direction, and no odd character of it throws.
 */
export function contentDisposition(kind: 'attachment' | 'inline', fileName: string): string {
  const name = tidy(fileName.replace(/\p{Surrogate}/gu, '_').normalize('NFC'))
  return `${kind}; filename="${inAscii(name)}"; filename*=UTF-8''${encode(name)}`
}

/** The name, without what some system refuses in it or displays as something else. */
function tidy(name: string): string {
  const clean = name
    // Removes direction marks and other invisible characters, except the two letter joiners.
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, '')
    .replace(/["*?<>]/g, '')
    .replace(/[/\\|:]/g, '-')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  return shorten(clean) || 'document'
}

/** Shortens the stem; what follows the last dot stays, if it looks like an extension. */
function shorten(name: string): string {
  const [stem, extension] = splitExtension(name)
  const room = new Uint8Array(MAX_NAME_BYTES - extension.length)
  const { read } = new TextEncoder().encodeInto(stem, room)
  return stem.slice(0, read).trimEnd() + extension
}

function splitExtension(name: string): [stem: string, extension: string] {
  const extension = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  return [name.slice(0, name.length - extension.length), extension]
}

function inAscii(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\0-\x7f]/gu, (character) => IN_ASCII.get(character) ?? '_')
    // Some programs decode `%41` here, and an Arabic title would be nothing but a row of `_`.
    .replace(/[%_]+/g, '_')
  const [stem, extension] = splitExtension(tidy(plain))
  return (/[a-z0-9]/i.test(stem) ? stem : 'document') + extension
}

/** Each character and its spelling: French, European and West African letters, and signs. */
const SPELLINGS = `
  œoe ŒOE æae ÆAE ßss øo ØO łl ŁL ıi
  ɓb ƁB ɖd ƉD ɗd ƊD ɛe ƐE ǝe ƎE ƒf ƑF ɣg ƔG ƙk ƘK ɲn ƝN ŋn ŊN ɔo ƆO ʋv ƲV ƴy ƳY
  ’' ‘' ʼ' «" »" “" ”" „" –- —- ‑- −- •- ·-
`
const IN_ASCII = new Map(
  Array.from(SPELLINGS.trim().split(/\s+/), ([sign = '', ...spelling]) => [
    sign,
    spelling.join(''),
  ]),
)

/** RFC 8187 §3.2.1 leaves fewer characters bare than encodeURIComponent does. */
function encode(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
