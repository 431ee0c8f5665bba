/**
 * Programs that fetch a link before any person opens it: previews of messengers and networks, mail
 * scanners, prefetch. They are shown a card that says nothing. A scanner that says it is Chrome
 * cannot be told from a person; it counts as a device (see `devices.ts`), and takes no bytes.
 */
const PREVIEWS =
  /^WhatsApp\/|facebookexternalhit|facebookcatalog|meta-external|Twitterbot|TelegramBot|Slackbot|Slack-ImgProxy|LinkedInBot|Discordbot|Google-Safety|GoogleImageProxy|Google-PageRenderer|Googlebot|bingbot|BingPreview|SafeLinks|Microsoft Office|MicrosoftPreview|SkypeUriPreview|Viber|Applebot|redditbot|Mastodon|Pinterestbot|Barracuda|Proofpoint|Mimecast/i

/** A person whose browser has such a name continues by the card's link, which previews do not follow. */
export function isPreview({ headers, url }: Request): boolean {
  const wentOn = new URL(url).searchParams.has('ouvrir')
  return (!wentOn && PREVIEWS.test(headers.get('user-agent') ?? '')) || isPrefetch(headers)
}

const isPrefetch = (headers: Headers) =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|prerender|preview/i.test(headers.get(name) ?? ''),
  )
