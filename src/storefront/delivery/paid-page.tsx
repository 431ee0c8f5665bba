import type { Child } from 'hono/jsx'
import type { Double } from '../../data/orders/doubles.ts'
import { paths } from '../../links/addresses.ts'
import { TapLine } from '../../views/links.tsx'
import { date } from '../../words/moments.ts'
import { money, wordsIn } from '../../words/words.ts'
import { FileOffers } from './file-offers.tsx'
import type { KeyedFile } from './file-offers.tsx'
import { OrderFrame } from './order-frame.tsx'
import type { OrderPageProps } from './order-frame.tsx'

type PaidPageProps = OrderPageProps & {
  files: KeyedFile[]
  /** What was paid besides the order. */
  doubles: readonly Double[]
  keep: Child
}

export function PaidPage({ files, doubles, keep, ...props }: PaidPageProps) {
  const { order, orderKey, hasCase, language } = props
  const words = wordsIn(language)
  const isDamaged = files.length > 0 && files.every(({ damagedAt }) => damagedAt !== null)
  const isPack = new Set(files.map(({ bookTitle }) => bookTitle)).size > 1
  const said = words.order.paid[isPack ? 'pack' : 'book']
  const isFree = order.amount === 0
  return (
    <OrderFrame {...props} title={isDamaged ? words.file.damaged.title : said.title}>
      {doubles.map(({ amount, refundedAt }) => {
        const sum = money(amount, order.currency, language)
        const { owed, back } = words.order.double
        return <p class="note">{refundedAt ? back(sum, date(refundedAt, language)) : owed(sum)}</p>
      })}
      {!isDamaged && (
        <p>{`${isFree ? words.order.paid.free : words.order.paid.confirmed} ${said.text}`}</p>
      )}
      <FileOffers files={files} language={language} />
      <p class="small">{words.order.keep}</p>
      {keep}
      {!isFree && !hasCase && doubles.length === 0 && (
        <TapLine to={paths.debited(orderKey)} label={words.order.double.claim} />
      )}
    </OrderFrame>
  )
}
