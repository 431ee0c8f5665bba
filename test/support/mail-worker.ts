import type { MailSettings } from '../../src/config/mail.ts'
import { openMail } from '../../src/mail/carrier.ts'
import type { Letter } from '../../src/contracts/mail.ts'

/** The mail carrier behind HTTP, to try it from inside the Workers runtime. */
export default {
  async fetch(request: Request): Promise<Response> {
    const asked = (await request.json()) as { settings: MailSettings; letter: Letter }
    const mail = openMail(asked.settings, (call) => fetch(call))
    return Response.json(await mail!.send(asked.letter))
  },
}
