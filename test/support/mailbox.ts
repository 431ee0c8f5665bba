export type Mailed = {
  key: string
  to: string
  subject: string
  text: string
  html: string
  replyTo?: string
}

/** Cut before the letter was taken, its answer lost after it, or an answer with that status. */
export type Trouble = 'cut' | 'lost' | number

/**
 * A mail service over HTTP that keeps idempotency keys, as Resend's does: the same key again is
 * answered alike, and nothing new is sent.
 */
export function mailbox(chance: () => Trouble | undefined = () => undefined) {
  const mails: Mailed[] = []
  let calls = 0
  /** What happens to the next calls: before the letter is taken, or after it. */
  const troubles: Trouble[] = []
  return {
    mails,
    troubles,
    calls: () => calls,
    async take(request: Request): Promise<Response> {
      calls++
      const trouble = troubles.shift() ?? chance()
      if (trouble === 'cut') throw new TypeError('fetch failed')
      if (typeof trouble === 'number') return Response.json({ message: 'no' }, { status: trouble })
      const key = request.headers.get('idempotency-key') ?? ''
      const body = (await request.json()) as Record<string, string> & { to: string[] }
      if (!mails.some((mail) => mail.key === key)) {
        const { subject = '', text = '', html = '' } = body
        mails.push({
          key,
          to: body.to[0]!,
          subject,
          text,
          html,
          ...(body['reply_to'] && { replyTo: body['reply_to'] }),
        })
      }
      if (trouble === 'lost') throw new TypeError('terminated')
      return Response.json({ id: `mail-${mails.length}` })
    },
  }
}

/** The settings of a shop that sends through it. */
export const MAIL_SETTINGS = {
  MAIL_FROM: 'Chez Moussa <livres@livres.example.net>',
  MAIL_API_KEY: 're_4f9c2a7e1b8d6053',
}
