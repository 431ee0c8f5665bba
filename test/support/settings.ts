/** Keys and settings of a shop, for tests that need nothing else of it. */
export const KEYS = {
  CINETPAY_API_KEY: '12912847765bc0db748fdd44.40081707',
  CINETPAY_SITE_ID: '445160',
  CINETPAY_SECRET: '9f2c1e7ad03b4c5588e1b6d2',
}
export const SETTINGS = {
  PUBLIC_URL: 'https://livres.example.net',
  APP_SECRET: 'q7Wd0sKzT4uYb1nVx8Rm',
  CRON_SECRET: 'p3Lk8vHc2Zt6Jq9wEr5y',
  METRICS_SECRET: 'w8Qe2nVb5Xr1Kt7mZc4u',
  ...KEYS,
}

export const V1_KEYS = {
  CINETPAY_API_KEY: 'sk_live_8c1f5be07d3a4e92b6',
  CINETPAY_API_PASSWORD: 'k7Zp2wQx9RtVbN4m',
}
/** The settings of a shop whose keys are those of CinetPay's newer API. */
export const V1_SETTINGS = { CINETPAY_SITE_ID: undefined, CINETPAY_SECRET: undefined, ...V1_KEYS }
