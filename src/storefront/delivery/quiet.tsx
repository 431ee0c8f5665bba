import { Hono } from 'hono'
import { isOrderQuiet, setQuiet } from '../../data/people/quiet.ts'
import type { ShopEnv } from '../../contracts/shop.ts'
import { withForm } from '../../forms/with-form.ts'
import { speakAs } from '../../http/language.ts'
import { paths } from '../../links/addresses.ts'
import { findOrderByKey } from '../../links/find.ts'
import { quietKey } from '../../links/quiet.ts'
import { TapLine } from '../../views/links.tsx'
import { StatePage } from '../../views/state-page.tsx'
import { wordsIn } from '../../words/words.ts'
import type { Language } from '../../words/words.ts'
import { deliveryWordsIn } from './words.ts'

/**
 * « Ne plus m'écrire », in one tap on the order's page, and back again. The order's key is proof enough: a
 * stranger who has it could at most spare somebody a reminder.
 */
export const quiet = new Hono<ShopEnv>()

const MAX_FORM_BYTES = 1024

quiet.get(paths.quiet.pattern, async (c) => {
  const key = c.req.param('key')
  const order = await findOrderByKey(c.env, key)
  if (!order) return c.notFound()
  speakAs(c, order)
  const { sql, config } = c.env
  const isQuiet = await isOrderQuiet(sql, await quietKey(config.appSecret), order.code)
  const { language } = c.var
  c.header('cache-control', 'private, no-store')
  return c.render(<QuietPage {...{ orderKey: key, isQuiet, language }} />, {
    title: deliveryWordsIn(language).quiet.title(isQuiet),
  })
})

quiet.post(paths.quiet.pattern, withForm(MAX_FORM_BYTES), async (c) => {
  const key = c.req.param('key')
  const order = await findOrderByKey(c.env, key)
  if (!order) return c.notFound()
  const { sql, config, now } = c.env
  const wish = {
    orderId: order.id,
    key: await quietKey(config.appSecret),
    isQuiet: c.var.fields.get('ecrire') !== 'oui',
    personId: null,
  }
  await setQuiet(sql, wish, now())
  return c.redirect(paths.quiet(key), 303)
})

type QuietProps = { orderKey: string; language: Language }

function QuietPage({ orderKey, isQuiet, language }: QuietProps & { isQuiet: boolean }) {
  const words = deliveryWordsIn(language).quiet
  return (
    <StatePage title={words.title(isQuiet)}>
      <p>{isQuiet ? words.text : words.textAgain}</p>
      <form method="post" action={paths.quiet(orderKey)}>
        {isQuiet && <input type="hidden" name="ecrire" value="oui" />}
        <button class="quiet">{isQuiet ? words.undo : words.ask}</button>
      </form>
      <TapLine to={paths.order(orderKey)} label={wordsIn(language).order.backToOrder} />
    </StatePage>
  )
}

/** At the foot of every order page. */
export const QuietButton = ({ orderKey, language }: QuietProps) => (
  <form method="post" action={paths.quiet(orderKey)}>
    <button class="link">{deliveryWordsIn(language).quiet.ask}</button>
  </form>
)
