import * as v from 'valibot'
import { parseAddress } from '../lib/address.ts'
import { faultOfDatabaseUrl, namesSeveral } from '../lib/database-url.ts'
import { readNetworks } from '../lib/proxies.ts'
import { address, isPort, optional, parsesAsUrl, secret, shaped } from '../lib/variables.ts'
import { MailVariables } from './mail.ts'
import { S3Variables } from './s3.ts'
import { TraceVariables } from './traces.ts'
import { CinetpayVariables, CURRENCY_NAMES } from './cinetpay.ts'

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

const postgresAddress = (name: string) =>
  v.pipe(
    v.string(),
    v.check(
      (text) => faultOfDatabaseUrl(text) !== 'other',
      `${name} is not a PostgreSQL address, such as postgres://user:password@host:5432/shop.`,
    ),
    v.check(
      (text) => faultOfDatabaseUrl(text) !== 'signs',
      `${name} holds a sign that an address does not take as it is: in the user and the password write % as %25, / as %2F, ? as %3F, # as %23 and @ as %40.`,
    ),
  )

/** Validates each setting on its own, with the error message for a bad value. */
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
  DATABASE_URL: optional(postgresAddress('DATABASE_URL')),
  DATABASE_READ_URL: optional(
    v.pipe(
      postgresAddress('DATABASE_READ_URL'),
      v.check(
        (text) => !namesSeveral(text),
        'DATABASE_READ_URL names several servers. Name one: a page could come from a later one than the one that told its version.',
      ),
    ),
  ),
  DATA_DIR: optional(v.string()),
  PORT: optional(shaped(isPort, 'PORT is not a port: a number from 0 to 65535.')),
  HOST: optional(
    shaped(
      (text) => text === 'localhost' || parseAddress(text) !== undefined,
      'HOST is not an address to listen at, such as 127.0.0.1, or 0.0.0.0 for all of this machine.',
    ),
  ),
  TRUSTED_PROXIES: optional(networks('TRUSTED_PROXIES')),
  ...CinetpayVariables,
  SHOP_CURRENCY: optional(
    v.picklist(CURRENCY_NAMES, `SHOP_CURRENCY is one of ${CURRENCY_NAMES.join(', ')}.`),
  ),
  SHOP_COUNTRY: optional(shaped(/^[A-Z]{2}$/, 'SHOP_COUNTRY is two capital letters, such as ML.')),
  CRON_SECRET: v.optional(secret('CRON_SECRET')),
  METRICS_SECRET: v.optional(secret('METRICS_SECRET')),
  LOG_SAMPLE: optional(
    shaped(
      /^\d{1,5}$/,
      'LOG_SAMPLE is a number: 1 writes a line for each page from the cache, 100 for one in a hundred, 0 for none.',
    ),
  ),
  ...MailVariables,
  ...S3Variables,
  ...TraceVariables,
  RATE_LIMITS: optional(v.picklist(['on', 'off'], 'RATE_LIMITS is on or off.')),
  SEND_FILE: optional(v.picklist(['xsendfile'], 'SEND_FILE is xsendfile, or not set.')),
  SIMULATED_API: optional(v.picklist(['v1', 'v2'], 'SIMULATED_API is v1 or v2.')),
  DEMONSTRATION: optional(v.picklist(['on'], 'DEMONSTRATION is on, or not set.')),
})

export type Variables = v.InferOutput<typeof Variables>
/** As they were written. */
export type Raw = Partial<Record<keyof Variables, string | undefined>>
