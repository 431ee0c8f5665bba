import type { Child } from 'hono/jsx'
import { paths } from '../../links/addresses.ts'
import { TapLine } from '../../views/links.tsx'
import { wordsIn } from '../../words/words.ts'
import { FileOffers } from './file-offers.tsx'
import type { KeyedFile } from './file-offers.tsx'
import { OrderFrame } from './order-frame.tsx'
import type { OrderPageProps } from './order-frame.tsx'

type PaidPageProps = OrderPageProps & {
  files: KeyedFile[]
  keep: Child
}

export function PaidPage({ files, keep, ...props }: PaidPageProps) {
  const { order, orderKey, hasCase, language } = props
  const words = wordsIn(language)
  const isDamaged = files.length > 0 && files.every(({ damagedAt }) => damagedAt !== null)
  const isPack = new Set(files.map(({ bookTitle }) => bookTitle)).size > 1
  const said = words.order.paid[isPack ? 'pack' : 'book']
  const isFree = order.amount === 0
  return (
    <OrderFrame {...props} title={isDamaged ? words.file.damaged.title : said.title}>
      {!isDamaged && (
        <p>{`${isFree ? words.order.paid.free : words.order.paid.confirmed} ${said.text}`}</p>
      )}
      <FileOffers files={files} language={language} />
      <p class="small">{words.order.keep}</p>
      {keep}
      {!isFree && !hasCase && (
        <TapLine to={paths.debited(orderKey)} label={words.order.double.claim} />
      )}
    </OrderFrame>
  )
}
