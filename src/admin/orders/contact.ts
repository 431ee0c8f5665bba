import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { readBuyer } from '../../forms/buyer.ts'
import type { Buyer } from '../../forms/buyer.ts'
import type { Contact } from '../../data/orders/deeds.ts'
import type { DeskOrder } from '../../data/orders/desk-order.ts'
import { sha256Hex } from '../../lib/hmac.ts'
import type { BuyerReading, BuyerTyped } from '../../forms/buyer.ts'
import { OTHER_COUNTRY } from '../../forms/phone.ts'
import { PHONE_COUNTRIES } from '../../money/countries.ts'
import type { Language } from '../../words/words.ts'
import { orderWords } from './words.ts'

type ContactTyped = Pick<BuyerTyped, 'name' | 'phone' | 'country' | 'email'>

/** Validated like the buyer's own form; the sentence about the name addresses the seller. */
export async function readContact(typed: ContactTyped, language: Language): Promise<BuyerReading> {
  const reading = await readBuyer({ ...typed, amount: '', means: '' }, language)
  if (reading.ok || !reading.errors.name) return reading
  return { ok: false, errors: { ...reading.errors, name: orderWords(language).errors.name } }
}

/**
 * A fingerprint of the values that the page showed: the form carries it back, so that the values
 * themselves need not travel.
 */
export const fingerprint = ({ buyerName, phoneTyped, phoneE164, email }: Contact) =>
  sha256Hex(JSON.stringify([buyerName, phoneTyped, phoneE164, email]))

export const contactOf = (order: DeskOrder): Contact => ({
  buyerName: order.buyerName,
  phoneTyped: order.phoneTyped,
  phoneE164: order.phoneE164,
  email: order.email,
})

export const asContact = ({ name, phoneTyped, phoneE164, email }: Buyer): Contact => ({
  buyerName: name,
  phoneTyped,
  phoneE164,
  email,
})

/** The country to preselect for a stored number. */
export function phoneCountry(phoneE164: string): string {
  const code = parsePhoneNumberFromString(phoneE164)?.country
  return PHONE_COUNTRIES.find((country) => country === code) ?? OTHER_COUNTRY
}
