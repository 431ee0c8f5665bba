import * as v from 'valibot'
import { hasTrueNotice } from '../../data/orders/desk-home.ts'
import { endDenial } from '../../data/orders/outages.ts'
import { readSettings } from '../../data/settings.ts'
import { addressSeen } from '../../payment/address-seen.ts'
import { API_URLS } from '../../config/cinetpay-generation.ts'
import type { ProbeAnswer } from '../../money/provider.ts'
import { saveSettings } from '../../data/settings-cache.ts'
import type { Settings } from '../../config/settings.ts'
import type { Shop } from '../../contracts/shop.ts'
import { paths } from '../../links/addresses.ts'
import { defineDeed } from '../deeds/deed.ts'
import type { Shown, Visit } from '../deeds/deed.ts'
import { asTyped, hidden } from '../deeds/fields.tsx'
import { CinetpayPage } from './cinetpay-page.tsx'
import { STEPS } from './steps.ts'
import { startWords } from './words.ts'

const MAX_FORM_BYTES = 1_024

/** Postpones a step, or resumes it. */
const later = defineDeed({
  path: paths.stepLater,
  by: 'owner',
  maxBytes: MAX_FORM_BYTES,
  fields: () => ({ step: hidden(v.picklist(STEPS)), later: hidden(asTyped) }),
  act: async (visit, _, { step, later }) => {
    await change(visit, (start) => {
      const others = start.done.filter((name) => name !== step)
      return { ...start, done: later === 'yes' ? [...others, step] : others }
    })
    return paths.firstSteps
  },
})

/** Shows the first steps on the desk's first page, or hides them. */
const onHome = defineDeed({
  path: paths.stepsShown,
  by: 'owner',
  maxBytes: MAX_FORM_BYTES,
  fields: () => ({ hidden: hidden(asTyped) }),
  act: async (visit, _, value) => {
    const isHidden = value.hidden === 'yes'
    await change(visit, (start) => ({ ...start, hidden: isHidden }))
    return isHidden ? paths.desk : paths.firstSteps
  },
})

type Told = {
  probe?: ProbeAnswer | undefined
  seen?: { address: string | undefined } | undefined
}

/** Tests the keys, or asks which address CinetPay sees; a shop that is refused reads both. */
const probe = defineDeed({
  path: paths.cinetpay,
  by: 'owner',
  maxBytes: MAX_FORM_BYTES,
  fields: () => ({ deed: hidden(asTyped) }),
  page: async ({ shop, language }, _, { more }: Shown<Told>) => ({
    title: startWords(language).cinetpay.title,
    body: (
      <CinetpayPage
        config={shop.config}
        {...more}
        hasTrueNotice={shop.config.cinetpay !== undefined && (await hasTrueNotice(shop.sql))}
        language={language}
      />
    ),
  }),
  act: async ({ shop }, _, { deed }) => {
    const isAboutKeys = deed !== 'address'
    const probe = isAboutKeys ? await shop.provider.probe() : undefined
    if (probe) {
      const reason = probe.kind === 'unreachable' ? probe.reason : undefined
      shop.log('provider.probed', { kind: probe.kind, reason })
      if (probe.kind === 'works') await endDenial(shop.sql, shop.provider.name)
    }
    const isAddressAsked = !isAboutKeys || probe?.kind === 'wrong-address'
    const seen = isAddressAsked ? { address: await seenAs(shop) } : undefined
    return { more: { probe, seen } }
  },
})

export const startDeeds = [later, onHome, probe]

/** Before there are keys, the newer API's edge is asked: its list of callers must be filled in first. */
const seenAs = ({ config, provider, fetch }: Shop) =>
  config.cinetpay ? provider.addressSeen?.() : addressSeen(fetch, API_URLS.v1)

/** Of two people at once the second changes nothing; the page that follows shows the state. */
async function change(
  { shop, person }: Visit,
  make: (start: Settings['start']) => Settings['start'],
): Promise<void> {
  const settings = await readSettings(shop.sql)
  const seen = { versionSeen: settings.versions.start, personId: person.id }
  await saveSettings(shop, 'start', make(settings.start), seen)
}
