import { describe, expect, it } from 'vitest'
import { contentRange, judge, judgeConditions, parseRange } from '../../src/files/range.ts'

const size = 10_000
/** Half a second after what the header can say. */
const modifiedAt = new Date('1994-11-06T08:49:37.500Z')
const MODIFIED = 'Sun, 06 Nov 1994 08:49:37 GMT'
const BEFORE = 'Sun, 06 Nov 1994 08:49:36 GMT'
const part = (offset: number, length: number) => ({ offset, length })

const ask = (headers: Record<string, string>, { method = 'GET', etag = '"v1"' } = {}) =>
  judge(new Request('https://kiosque.test/', { method, headers }), {
    etag,
    modifiedAt,
    sizeBytes: size,
  })

describe('a Range of a file of 10 000 bytes', () => {
  it.each([
    ['bytes=0-499', part(0, 500)],
    ['bytes=500-999', part(500, 500)],
    ['bytes=0-0', part(0, 1)],
    ['bytes=9999-9999', part(9999, 1)],
    ['bytes=0-', part(0, size)],
    ['bytes=9999-', part(9999, 1)],
    ['bytes=0-9999', part(0, size)],
    ['bytes=9500-10000', part(9500, 500)],
    ['bytes=9500-99999999', part(9500, 500)],
    ['bytes=0-9007199254740993', part(0, size)],
    [`bytes=5-${'9'.repeat(5000)}`, part(5, size - 5)],
    ['bytes=00010-00019', part(10, 10)],
    ['bytes=-500', part(9500, 500)],
    ['bytes=-1', part(9999, 1)],
    ['bytes=-10000', part(0, size)],
    ['bytes=-10001', part(0, size)],
    [`bytes=-${'9'.repeat(5000)}`, part(0, size)],
    ['Bytes=0-1', part(0, 2)],
    ['bytes= 0-1 ', part(0, 2)],
    ['bytes=,0-1,\t,', part(0, 2)],
  ])('%.40s is a part', (header, expected) => {
    expect(parseRange(header, size)).toEqual(expected)
  })

  it.each([
    'bytes=10000-',
    'bytes=10000-10000',
    'bytes=10001-20000',
    'bytes=9007199254740993-9007199254740993',
    `bytes=${'9'.repeat(5000)}-`,
    'bytes=-0',
    'bytes=-000',
  ])('%.40s cannot be satisfied', (header) => {
    expect(parseRange(header, size)).toBe('unsatisfiable')
  })

  it.each([
    null,
    undefined,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=,',
    'bytes=5-4',
    'bytes=20000-10000',
    'bytes=9007199254740993-9007199254740992',
    'bytes=0-1,5-6',
    'bytes=0-1,0-1',
    'bytes=0-1, -5',
    'bytes=0 -1',
    'bytes=0- 1',
    'bytes =0-1',
    'bytes:0-1',
    'bytes=0-1-2',
    'bytes=--1',
    'bytes=+1-2',
    'bytes=1.5-2',
    'bytes=0x1-2',
    'bytes=1e1-20',
    'bytes=a-b',
    'bytes=١-٢',
    'octets=0-1',
    'pages=1-2',
    'bytes=0-1\nbytes=0-1',
    '0-1',
  ])('%j is passed over for the whole', (header) => {
    expect(parseRange(header, size)).toBe('whole')
  })

  it('knows the empty file', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable')
    expect(parseRange('bytes=0-0', 0)).toBe('unsatisfiable')
    expect(parseRange('bytes=-0', 0)).toBe('unsatisfiable')
    expect(parseRange('bytes=-5', 0)).toBe('whole')
  })

  it('is named in the answer', () => {
    expect(contentRange(part(0, 500), size)).toBe('bytes 0-499/10000')
    expect(contentRange(part(9999, 1), size)).toBe('bytes 9999-9999/10000')
    expect(contentRange('unsatisfiable', size)).toBe('bytes */10000')
  })
})

describe('a condition', () => {
  const strong = '"v1"'
  const weak = 'W/"v1"'

  it.each([
    // Headers; what is said for the strong tag "v1"; what for the weak one.
    [{}, 'send', 'send'],
    [{ 'if-none-match': '"v1"' }, 'not-modified', 'not-modified'],
    [{ 'if-none-match': 'W/"v1"' }, 'not-modified', 'not-modified'],
    [{ 'if-none-match': '"v0", W/"v1" , "v2"' }, 'not-modified', 'not-modified'],
    [{ 'if-none-match': '"v0","v2"' }, 'send', 'send'],
    [{ 'if-none-match': '*' }, 'not-modified', 'not-modified'],
    [{ 'if-none-match': ' * ' }, 'not-modified', 'not-modified'],
    [{ 'if-none-match': 'v1' }, 'send', 'send'],
    [{ 'if-none-match': '"a,"v1",b"' }, 'send', 'send'],
    [{ 'if-none-match': '' }, 'send', 'send'],
    [{ 'if-match': '"v1"' }, 'send', 'precondition-failed'],
    [{ 'if-match': '"v0", "v1"' }, 'send', 'precondition-failed'],
    [{ 'if-match': 'W/"v1"' }, 'precondition-failed', 'precondition-failed'],
    [{ 'if-match': '"v0"' }, 'precondition-failed', 'precondition-failed'],
    [{ 'if-match': '' }, 'precondition-failed', 'precondition-failed'],
    [{ 'if-match': '*' }, 'send', 'send'],
    [{ 'if-match': '"v0"', 'if-none-match': '"v1"' }, 'precondition-failed', 'precondition-failed'],
    [{ 'if-match': '*', 'if-none-match': '"v1"' }, 'not-modified', 'not-modified'],
    [{ 'if-modified-since': MODIFIED }, 'not-modified', 'not-modified'],
    [{ 'if-modified-since': 'Sat, 29 Oct 2050 19:43:31 GMT' }, 'not-modified', 'not-modified'],
    [{ 'if-modified-since': BEFORE }, 'send', 'send'],
    [{ 'if-modified-since': 'yesterday' }, 'send', 'send'],
    [{ 'if-modified-since': '784111777' }, 'send', 'send'],
    [{ 'if-modified-since': MODIFIED, 'if-none-match': '"v0"' }, 'send', 'send'],
    [{ 'if-unmodified-since': MODIFIED }, 'send', 'send'],
    [{ 'if-unmodified-since': BEFORE }, 'precondition-failed', 'precondition-failed'],
    [{ 'if-unmodified-since': 'Sunday, 06-Nov-94 08:49:37 GMT' }, 'send', 'send'],
    [
      { 'if-unmodified-since': 'Sunday, 06-Nov-94 08:49:36 GMT' },
      'precondition-failed',
      'precondition-failed',
    ],
    [{ 'if-unmodified-since': 'Sun Nov  6 08:49:37 1994' }, 'send', 'send'],
    [
      { 'if-unmodified-since': 'Sun Nov  6 08:49:36 1994' },
      'precondition-failed',
      'precondition-failed',
    ],
    [{ 'if-unmodified-since': 'Sun, 31 Feb 1994 08:49:37 GMT' }, 'send', 'send'],
    [{ 'if-unmodified-since': 'never' }, 'send', 'send'],
    [{ 'if-unmodified-since': BEFORE, 'if-match': '*' }, 'send', 'send'],
    [
      { 'if-unmodified-since': MODIFIED, 'if-match': '"v0"' },
      'precondition-failed',
      'precondition-failed',
    ],
  ])('%j is judged', (headers: Record<string, string>, forStrong, forWeak) => {
    expect(judgeConditions(new Headers(headers), { etag: strong, modifiedAt })).toBe(forStrong)
    expect(judgeConditions(new Headers(headers), { etag: weak, modifiedAt })).toBe(forWeak)
  })
})

describe('a request', () => {
  const range = 'bytes=0-9'
  const firstTen = { kind: 'part', range: part(0, 10) }
  const whole = { kind: 'whole' }

  it('gets the whole, a part, or the news that there is none', () => {
    expect(ask({})).toEqual(whole)
    expect(ask({ range })).toEqual(firstTen)
    expect(ask({ range: 'bytes=10000-' })).toEqual({ kind: 'unsatisfiable' })
    expect(ask({ range: 'bytes=0-1,3-4' })).toEqual(whole)
  })

  it('uses Range by GET only', () => {
    expect(ask({ range }, { method: 'HEAD' })).toEqual(whole)
    expect(ask({ range: 'bytes=10000-' }, { method: 'HEAD' })).toEqual(whole)
  })

  it('goes on with a download only of the very same file', () => {
    expect(ask({ range, 'if-range': '"v1"' })).toEqual(firstTen)
    expect(ask({ range, 'if-range': '"v0"' })).toEqual(whole)
    expect(ask({ range: 'bytes=10000-', 'if-range': '"v0"' })).toEqual(whole)
    expect(ask({ range, 'if-range': 'W/"v1"' })).toEqual(whole)
    expect(ask({ range, 'if-range': 'W/"v1"' }, { etag: 'W/"v1"' })).toEqual(whole)
    expect(ask({ range, 'if-range': 'Sat, 29 Oct 2050 19:43:31 GMT' })).toEqual(whole)
    expect(ask({ range, 'if-range': BEFORE })).toEqual(whole)
    expect(ask({ range, 'if-range': MODIFIED })).toEqual(firstTen)
    expect(ask({ range, 'if-range': '*' })).toEqual(whole)
    expect(ask({ range, 'if-range': '' })).toEqual(whole)
    expect(ask({ 'if-range': '"v1"' })).toEqual(whole)
  })

  it('is judged in the order of the RFC', () => {
    expect(ask({ range: 'bytes=10000-', 'if-none-match': '"v1"' })).toEqual({
      kind: 'not-modified',
    })
    expect(ask({ range, 'if-match': '"v0"' })).toEqual({ kind: 'precondition-failed' })
    expect(ask({ range, 'if-match': '"v1"', 'if-none-match': '"v0"' })).toEqual(firstTen)
  })
})
