/** Programs that open a link to show what is behind it, by the names that they give themselves. */
const PREVIEWS =
  /bot\b|bot[/ ]|crawl|spider|preview|facebookexternalhit|whatsapp\/|telegram|slack|discord|skype|viber|linkedin|pinterest|embedly|google-(?:safety|read-aloud)|safelinks/i

/** Whether nobody receives what is asked for: such a visit counts as no download. */
export function isLookOnly({ method, headers }: Request): boolean {
  if (method !== 'GET') return true
  const purpose = `${headers.get('sec-purpose') ?? ''} ${headers.get('purpose') ?? ''}`
  return (
    /prefetch|prerender|preview/i.test(purpose) || PREVIEWS.test(headers.get('user-agent') ?? '')
  )
}
