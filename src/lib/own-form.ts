/**
 * Proof that a form was sent from a page of ours (CSRF): the browser's word for it, Sec-Fetch-Site (W3C,
 * Fetch Metadata) or else Origin, compared with the address that is known to be ours, since behind a
 * proxy the request's own is not. A browser that sends neither is refused; so is one that says `none`,
 * which no browser says of a form that was pressed, nor of one that is sent again by a reload.
 */
export function isOwnForm(headers: Headers, origin: string): boolean {
  const site = headers.get('sec-fetch-site')
  return site === null ? headers.get('origin') === origin : site === 'same-origin'
}
