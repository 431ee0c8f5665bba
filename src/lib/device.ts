/** The kind of device that a User-Agent describes, as people name it: Chrome and Android. */
export function readDevice(userAgent: string): { browser: string; system: string } {
  return { browser: firstOf(BROWSERS, userAgent), system: firstOf(SYSTEMS, userAgent) }
}

/** In-app browsers first: they also name the browser that they are based on. */
const BROWSERS: [string, RegExp][] = [
  ['WhatsApp', /WhatsApp/],
  ['Instagram', /Instagram/],
  ['Facebook', /FBA[NV]|FB_IAB/],
  ['TikTok', /musical_ly|BytedanceWebview|TikTok/],
  ['Samsung Internet', /SamsungBrowser/],
  ['Opera Mini', /Opera Mini/],
  ['Opera', /OPR\/|OPT\/|OPX\/|Opera/],
  ['UC Browser', /UCBrowser|UCWEB/],
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Firefox', /Firefox\/|FxiOS/],
  ['Chrome', /Chrome\/|CriOS|Chromium/],
  ['Safari', /Safari\//],
]

const SYSTEMS: [string, RegExp][] = [
  ['KaiOS', /KAIOS/],
  ['Android', /Android/],
  ['iPhone', /iPhone|iPod/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['Mac', /Macintosh|Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux|X11/],
]

const firstOf = (names: [string, RegExp][], text: string) =>
  names.find(([, sign]) => sign.test(text))?.[0] ?? ''
