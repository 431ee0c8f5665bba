import { closeDispute } from '../../data/orders/disputes.ts'
import { paths } from '../../links/addresses.ts'
import { defineDeed } from '../deeds/deed.ts'
import { reasonField } from '../orders/fields.tsx'
import { done } from '../orders/subject.tsx'
import { orderWords } from '../orders/words.ts'
import { disputeAt, showDispute } from './show-dispute.tsx'
import { disputeWords } from './words.ts'

const close = defineDeed({
  path: paths.closeDispute.pattern,
  by: 'helper',
  on: disputeAt,
  fields: ({ language }) => ({ reason: reasonField(orderWords(language)) }),
  within: showDispute,
  act: async ({ shop, person, now }, dispute, { reason }) => {
    if (
      !(await closeDispute(shop.sql, { disputeId: dispute.id, personId: person.id, reason }, now))
    )
      return undefined
    shop.log('case.closed', { case: dispute.id, person: person.id })
    const { orderCode: code } = dispute
    return code ? done({ code }, 'reclamation') : paths.toLookAt
  },
  moved: ({ language }) => disputeWords(language).moved,
})

export const disputeDeeds = [close]
