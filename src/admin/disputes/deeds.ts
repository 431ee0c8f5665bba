import { closeCase } from '../../data/orders/disputes.ts'
import { paths } from '../../links/addresses.ts'
import { defineDeed } from '../deeds/deed.ts'
import { reasonField } from '../orders/fields.tsx'
import { done } from '../orders/subject.tsx'
import { orderWords } from '../orders/words.ts'
import { caseAt, showCase } from './show-dispute.tsx'
import { caseWords } from './words.ts'

const close = defineDeed({
  path: paths.closeCase.pattern,
  by: 'helper',
  on: caseAt,
  fields: ({ language }) => ({ reason: reasonField(orderWords(language)) }),
  within: showCase,
  act: async ({ shop, person, now }, claim, { reason }) => {
    if (!(await closeCase(shop.sql, { caseId: claim.id, personId: person.id, reason }, now)))
      return undefined
    shop.log('case.closed', { case: claim.id, person: person.id })
    const { orderCode: code } = claim
    return code ? done({ code }, 'reclamation') : paths.toLookAt
  },
  moved: ({ language }) => caseWords(language).moved,
})

export const caseDeeds = [close]
