/**
 * What CinetPay accepts for one transaction, by currency (whole units; none of these is used with
 * cents by the operators, though people may write them: `hasCents`). Limits: CinetPay's documentation as quoted by several integrations;
 * operators may be stricter.
 */
export const CURRENCIES = {
  XOF: { min: 100, max: 2_000_000, step: 5, hasCents: false },
  XAF: { min: 100, max: 1_500_000, step: 5, hasCents: false },
  CDF: { min: 100, max: 2_000_000, step: 5, hasCents: true },
  GNF: { min: 1_000, max: 15_000_000, step: 5, hasCents: false },
  USD: { min: 1, max: 3_000, step: 1, hasCents: true },
} as const

export type Currency = keyof typeof CURRENCIES

/** What an account of CinetPay in this currency takes: one, and in Congo-Kinshasa two. */
export const accountCurrencies = (currency: Currency): readonly Currency[] =>
  currency === 'CDF' || currency === 'USD' ? ['CDF', 'USD'] : [currency]

export function isPayable(amount: number, currency: Currency): boolean {
  const { min, max, step } = CURRENCIES[currency]
  return Number.isInteger(amount) && amount >= min && amount <= max && amount % step === 0
}
