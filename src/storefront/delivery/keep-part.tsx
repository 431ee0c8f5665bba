import { paths, whatsappShare } from '../../links/addresses.ts'
import { tie } from '../../views/form.tsx'
import { ButtonLink } from '../../views/links.tsx'
import { wordsIn } from '../../words/words.ts'
import { receiptText } from './receipt.tsx'
import type { ReceiptProps } from './receipt.tsx'

/** Ways to keep a paid order without an account: on the phone, in a note, in one's own WhatsApp. */
export function KeepPart({ orderKey, ...props }: ReceiptProps & { orderKey: string }) {
  const words = wordsIn(props.language).order.receipt
  const text = receiptText(props)
  return (
    <>
      <ButtonLink to={whatsappShare(text)} label={words.whatsapp} quiet />
      <details class="keep">
        <summary>{words.keep}</summary>
        <div class="buttons">
          <ButtonLink to={paths.receipt(orderKey)} label={words.download} quiet />
          <ButtonLink to={paths.otherBooks(orderKey)} label={words.others} quiet />
        </div>
        <div class="field">
          <label for="recu">{words.copy}</label>
          <textarea {...tie({ name: 'recu' })} readonly rows={7}>
            {text}
          </textarea>
        </div>
      </details>
    </>
  )
}
