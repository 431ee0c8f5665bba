import type { Draw } from '../random.ts'

export type Weighted<T> = readonly (readonly [weight: number, value: T])[]

export function choose<T>(draw: Draw, choices: Weighted<T>): T {
  let left = draw() * choices.reduce((sum, [weight]) => sum + weight, 0)
  return (choices.find(([weight]) => (left -= weight) < 0) ?? choices.at(-1)!)[1]
}

export const oneOf = <T>(draw: Draw, values: readonly T[]): T =>
  values[Math.floor(draw() * values.length)]!

export type Person = {
  name: string
  phoneTyped: string
  phoneE164: string
  email: string | null
  /** What operators of that country are called in CinetPay's answers. */
  operators: Weighted<string>
}

type Country = {
  dialling: string
  /** How a number starts, by how common it is, and how many digits follow. */
  prefixes: Weighted<string>
  digits: number
  /** How the digits are grouped when somebody writes them. */
  groups: readonly number[]
  operators: Weighted<string>
  women: string
  men: string
  families: string
}

const COUNTRIES: Weighted<Country> = [
  [
    46,
    {
      dialling: '+223',
      prefixes: [
        [5, '7'],
        [3, '6'],
        [2, '9'],
      ],
      digits: 8,
      groups: [2, 2, 2, 2],
      operators: [
        [66, 'OMML'],
        [24, 'MOOVML'],
        [10, 'WAVEML'],
      ],
      women: `Awa Fatoumata Mariam Oumou Kadiatou Aminata Assétou Djénéba Rokia Nana Bintou Sitan`,
      men: `Moussa Amadou Ibrahim Boubacar Sékou Adama Modibo Drissa Souleymane Bakary Mahamadou Cheick`,
      families: `Traoré Coulibaly Keïta Diarra Sangaré Koné Diallo Sidibé Dembélé Touré Cissé Maïga Konaté Sissoko`,
    },
  ],
  [
    28,
    {
      dialling: '+225',
      prefixes: [
        [5, '07'],
        [3, '05'],
        [2, '01'],
      ],
      digits: 10,
      groups: [2, 2, 2, 2, 2],
      operators: [
        [40, 'WAVECI'],
        [34, 'OMCI'],
        [18, 'MOMOCI'],
        [8, 'FLOOZCI'],
      ],
      women: `Adjoua Affoué Akissi Amenan Aya Mariame Estelle Grâce Nadège Prisca Rosine Edwige`,
      men: `Kouadio Konan Koffi Yao Serge Hervé Aristide Fabrice Désiré Ange Moustapha Lacina`,
      families: `Kouassi Kouamé N’Guessan Konan Yao Koffi Bamba Ouattara Kacou Gnahoré Zadi Tanoh Soro Doumbia`,
    },
  ],
  [
    16,
    {
      dialling: '+221',
      prefixes: [
        [6, '77'],
        [3, '78'],
        [2, '76'],
        [1, '70'],
      ],
      digits: 9,
      groups: [2, 3, 2, 2],
      operators: [
        [62, 'WAVESN'],
        [34, 'OMSN'],
        [4, 'FREESN'],
      ],
      women: `Fatou Aïssatou Ndèye Coumba Khady Astou Mame Rama Sokhna Yacine`,
      men: `Mamadou Ousmane Cheikh Alioune Modou Pape Abdoulaye Babacar Ibrahima Serigne`,
      families: `Ndiaye Diop Fall Sow Sarr Gueye Faye Mbaye Seck Thiam Diouf Ndour Sy`,
    },
  ],
  [
    10,
    {
      dialling: '+226',
      prefixes: [
        [5, '7'],
        [4, '6'],
        [1, '5'],
      ],
      digits: 8,
      groups: [2, 2, 2, 2],
      operators: [
        [64, 'OMBF'],
        [36, 'MOOVBF'],
      ],
      women: `Aminata Salimata Rasmata Alimata Clarisse Wendkuni Safiatou Bibata`,
      men: `Issa Hamidou Rasmané Boukary Salif Idrissa Wendpanga Arouna`,
      families: `Ouédraogo Sawadogo Kaboré Zongo Compaoré Zoungrana Nikiéma Tapsoba Sanou Ilboudo`,
    },
  ],
]

/** Half of those who buy by telephone give no e-mail. */
const EMAIL_SHARE = 0.45

/**
 * Somebody who could live in Bamako, Abidjan, Dakar or Ouagadougou, put together by chance. The
 * addresses are in domains that RFC 2606 keeps for examples: no letter reaches anybody.
 */
export function inventPerson(draw: Draw): Person {
  const country = choose(draw, COUNTRIES)
  const first = oneOf(draw, (draw() < 0.55 ? country.women : country.men).split(' '))
  const family = oneOf(draw, country.families.split(' '))
  const phone = inventPhone(draw, country)
  const written = draw() < 0.3 ? phone : grouped(phone, country.groups)
  return {
    name: draw() < 0.12 ? `${family.toUpperCase()} ${first}` : `${first} ${family}`,
    phoneTyped: draw() < 0.1 ? `${country.dialling} ${written}` : written,
    phoneE164: country.dialling + phone,
    email: draw() < EMAIL_SHARE ? inventEmail(draw, first, family) : null,
    operators: country.operators,
  }
}

function inventPhone(draw: Draw, { prefixes, digits }: Country): string {
  let phone = choose(draw, prefixes)
  while (phone.length < digits) phone += Math.floor(draw() * 10)
  return phone
}

function grouped(phone: string, groups: readonly number[]): string {
  let place = 0
  return groups.map((length) => phone.slice(place, (place += length))).join(' ')
}

function inventEmail(draw: Draw, first: string, family: string): string {
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^a-z]/gi, '')
      .toLowerCase()
  const number = draw() < 0.5 ? String(Math.floor(draw() * 98) + 1) : ''
  const domain = oneOf(draw, ['example.com', 'example.org', 'example.net'])
  return `${plain(first)}${oneOf(draw, ['.', '', '_'])}${plain(family)}${number}@${domain}`
}
