import * as v from 'valibot'
import { parseAddress } from './lib/address.ts'
import { faultOfDatabaseUrl } from './lib/database-url.ts'
import { readNetworks } from './lib/proxies.ts'
import { MailVariables } from './mail/config.ts'
import { CURRENCIES } from './payment/currency.ts'
import type { Currency } from './payment/currency.ts'

const MIN_SECRET_LENGTH = 16
const PLACEHOLDER =
  /^(change|replace|your|votre|example|exemple|placeholder|secret|password|motdepasse|todo|xxx|test-?secret|dev-?secret|<|\.\.\.|…)|^(.)\2+$|^(0123456789|1234567890|abcdefghij)/i

export const CURRENCY_NAMES = Object.keys(CURRENCIES) as Currency[]
export const isLoopback = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
export const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535
export const parsesAsUrl = (text: string) => URL.canParse(text)

const secret = (name: string) =>
  v.pipe(
    v.string(),
    v.check((text) => text !== '', `${name} is empty: give it a value, or remove the line.`),
    v.check(
      (text) => text === '' || text.length >= MIN_SECRET_LENGTH,
      `${name} is too short: at least ${MIN_SECRET_LENGTH} characters are needed.`,
    ),
    v.check(
      (text) => text.length < MIN_SECRET_LENGTH || !PLACEHOLDER.test(text),
      `${name} is a placeholder: put the real value in its place.`,
    ),
  )

/** Web addresses: https everywhere, plain http on this machine only. */
const address = (name: string) =>
  v.pipe(
    v.string(),
    v.check(parsesAsUrl, `${name} is not a web address, such as https://example.com.`),
    v.check((text) => {
      if (!parsesAsUrl(text)) return true
      const url = new URL(text)
      return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
    }, `${name} must start with https:// (plain http is for localhost only).`),
  )

/** A sentence for each entry that is wrong. */
const networks = (name: string) =>
  v.pipe(
    v.string(),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      for (const entry of readNetworks(dataset.value).strange)
        addIssue({
          message: `${name} has "${entry.slice(0, 50)}", which is neither an address nor a network, such as 127.0.0.1, 10.0.0.0/8 or 2400:cb00::/32. (All addresses, /0, are none: visitors could then say what they like.)`,
        })
    }),
  )

/** An unset variable and an empty one are the same, except for secrets, where empty is a fault. */
const unset = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends v.GenericSchema>(schema: T) =>
  v.pipe(v.unknown(), v.transform(unset), v.optional(schema))

/** What each setting may be by itself, with the sentence for what it may not. */
export const Variables = v.object({
  PUBLIC_URL: optional(
    v.pipe(
      address('PUBLIC_URL'),
      v.check(
        (text) => !parsesAsUrl(text) || /^\/?$/.test(new URL(text).pathname + new URL(text).search),
        'PUBLIC_URL has a path: the shop lives at the root of its own domain, such as https://livres.example.com.',
      ),
    ),
  ),
  APP_SECRET: v.optional(secret('APP_SECRET')),
  DATABASE_URL: optional(
    v.pipe(
      v.string(),
      v.check(
        (text) => faultOfDatabaseUrl(text) !== 'other',
        'DATABASE_URL is not a PostgreSQL address, such as postgres://user:password@host:5432/shop.',
      ),
      v.check(
        (text) => faultOfDatabaseUrl(text) !== 'signs',
        'DATABASE_URL holds a sign that an address does not take as it is: in the user and the password write % as %25, / as %2F, ? as %3F, # as %23 and @ as %40.',
      ),
    ),
  ),
  DATA_DIR: optional(v.string()),
  PORT: optional(
    v.pipe(v.string(), v.check(isPort, 'PORT is not a port: a number from 0 to 65535.')),
  ),
  HOST: optional(
    v.pipe(
      v.string(),
      v.check(
        (text) => text === 'localhost' || parseAddress(text) !== undefined,
        'HOST is not an address to listen at, such as 127.0.0.1, or 0.0.0.0 for all of this machine.',
      ),
    ),
  ),
  TRUSTED_PROXIES: optional(networks('TRUSTED_PROXIES')),
  CINETPAY_API_URL: optional(address('CINETPAY_API_URL')),
  CINETPAY_API_KEY: v.optional(secret('CINETPAY_API_KEY')),
  CINETPAY_API_PASSWORD: v.optional(secret('CINETPAY_API_PASSWORD')),
  CINETPAY_SITE_ID: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^\d{3,20}$/,
        'CINETPAY_SITE_ID is a number, found in the "Integration" menu of CinetPay.',
      ),
    ),
  ),
  CINETPAY_SECRET: v.optional(secret('CINETPAY_SECRET')),
  CINETPAY_RETURN_URL: optional(address('CINETPAY_RETURN_URL')),
  CINETPAY_NOTIFY_URL: optional(address('CINETPAY_NOTIFY_URL')),
  CINETPAY_CHANNELS: optional(
    v.pipe(
      v.string(),
      v.check(
        (text) =>
          text
            .split(',')
            .every((c) => ['ALL', 'MOBILE_MONEY', 'CREDIT_CARD', 'WALLET'].includes(c)),
        'CINETPAY_CHANNELS is ALL, or a list of MOBILE_MONEY, CREDIT_CARD and WALLET, separated by commas.',
      ),
    ),
  ),
  SHOP_CURRENCY: optional(
    v.picklist(CURRENCY_NAMES, `SHOP_CURRENCY is one of ${CURRENCY_NAMES.join(', ')}.`),
  ),
  SHOP_COUNTRY: optional(
    v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'SHOP_COUNTRY is two capital letters, such as ML.')),
  ),
  CRON_SECRET: v.optional(secret('CRON_SECRET')),
  MAIL_FROM: optional(MailVariables.MAIL_FROM),
  SMTP_URL: optional(MailVariables.SMTP_URL),
  SMTP_ALLOW_CLEARTEXT_PASSWORD: optional(MailVariables.SMTP_ALLOW_CLEARTEXT_PASSWORD),
  MAIL_API_KEY: v.optional(secret('MAIL_API_KEY')),
  MAIL_API_URL: optional(address('MAIL_API_URL')),
  MAIL_PER_HOUR: optional(MailVariables.MAIL_PER_HOUR),
  RATE_LIMITS: optional(v.picklist(['on', 'off'], 'RATE_LIMITS is on or off.')),
  SEND_FILE: optional(v.picklist(['xsendfile'], 'SEND_FILE is xsendfile, or not set.')),
  DEMONSTRATION: optional(v.picklist(['on'], 'DEMONSTRATION is on, or not set.')),
})

export type Variables = v.InferOutput<typeof Variables>
/** As they were written. */
export type Raw = Partial<Record<keyof Variables, string | undefined>>
