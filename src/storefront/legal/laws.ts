import { lookUp } from '../../lib/look-up.ts'

/**
 * The laws on personal data that are named to buyers, by the seller's country: those that we know,
 * and no guess for the others. Mali left ECOWAS in January 2025, so its act is not named there.
 */
type Named = { laws: string[]; authority: string }

const LAWS: Partial<Record<string, { fr: string; en: string; authority: [string, string] }>> = {
  ML: {
    fr: 'la loi malienne n° 2013-015 du 21 mai 2013',
    en: 'Mali’s law no. 2013-015 of 21 May 2013',
    authority: [
      'l’Autorité de protection des données à caractère personnel (APDP)',
      'the Autorité de protection des données à caractère personnel (APDP)',
    ],
  },
  CI: {
    fr: 'la loi ivoirienne n° 2013-450 du 19 juin 2013',
    en: 'Côte d’Ivoire’s law no. 2013-450 of 19 June 2013',
    authority: [
      'l’Autorité de régulation des télécommunications de Côte d’Ivoire (ARTCI)',
      'the Autorité de régulation des télécommunications de Côte d’Ivoire (ARTCI)',
    ],
  },
  SN: {
    fr: 'la loi sénégalaise n° 2008-12 du 25 janvier 2008',
    en: 'Senegal’s law no. 2008-12 of 25 January 2008',
    authority: [
      'la Commission de protection des données personnelles (CDP)',
      'the Commission de protection des données personnelles (CDP)',
    ],
  },
}

const ECOWAS = new Set(['BJ', 'CI', 'GN', 'SN', 'TG'])
const ECOWAS_ACT = {
  fr: 'l’acte additionnel A/SA.1/01/10 de la CEDEAO',
  en: 'the ECOWAS supplementary act A/SA.1/01/10',
}

export function dataProtection(country: string): { fr: Named; en: Named } {
  const law = lookUp(LAWS, country)
  const isMember = ECOWAS.has(country)
  const named = (language: 'fr' | 'en', authority: string | undefined): Named => ({
    laws: [law?.[language], isMember && ECOWAS_ACT[language]].filter((text) => !!text) as string[],
    authority: authority ?? '',
  })
  return { fr: named('fr', law?.authority[0]), en: named('en', law?.authority[1]) }
}
