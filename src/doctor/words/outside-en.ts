import type { Obstacle } from '../ask.ts'
import type { outside as fr } from './outside-fr.ts'

export const outside: typeof fr = {
  cinetpay: {
    name: 'CinetPay',
    none: 'No keys: a demonstration, paid through the simulator.',
    v2: (site) => `The keys are of checkout v2, for site ${site}.`,
    v1: 'The keys are of the newer API (v1).',
    sandbox: 'The keys are of the newer API, and its sandbox: no money moves.',
  },
  caller: {
    name: 'Address at CinetPay',
    seen: (address) => `CinetPay sees the shop at ${address} (very probably), and answers it.`,
    unseen: {
      says: 'The address at which CinetPay sees the shop cannot be read from here.',
      deed: 'Should it change one day, ask the host for the IPv4 address that programs go out by.',
    },
    refused: (address) => ({
      says: `CinetPay refuses this address (code 2011)${address ? `: ${address}` : ''}. Nothing can be sold; the keys are not the cause.`,
      deed: address
        ? `Enter ${address} in CinetPay's panel, "API & security". Without a fixed address, use a relay (guide "The relay").`
        : 'Ask the host for the IPv4 address that your programs go out by (cPanel: often "Shared IP Address"), and enter it in CinetPay\'s panel, "API & security".',
    }),
  },
  keys: {
    name: "CinetPay's keys",
    works: 'CinetPay accepts them.',
    unknown: { says: 'They cannot be tried while CinetPay refuses the address.' },
    wrongKey: {
      says: 'CinetPay does not know the keys.',
      deed: "Copy CINETPAY_API_KEY (and its password) again from CinetPay's panel, then restart.",
    },
    wrongSite: {
      says: 'CinetPay knows the API key, and not the site.',
      deed: 'Copy CINETPAY_SITE_ID again from the back office, menu "Intégration".',
    },
    unclear: (code) => ({
      says: `CinetPay answers "${code}", which does not say whether it knows the keys.`,
      deed: 'Try again in some minutes; if it stays so, ask CinetPay whether the account is active.',
    }),
    unreachable: (reason) => ({
      says: `CinetPay cannot be reached from here (${reason}).`,
      deed: 'Ask the host whether it lets programs call other servers over https.',
    }),
  },
  address: {
    name: 'Public address',
    well: (url) => `${url} leads to this shop.`,
    local: (url) => ({
      says: `Nobody answers at ${url} now; this address exists on this machine only.`,
      deed: 'Open the shop (npm start) to see it as a visitor does.',
    }),
    unreachable: (url, reason) => ({
      says: `${url} does not answer (${reason}).`,
      deed: 'Check that the domain leads to this server, and that the application is started.',
    }),
    stranger: (url, status) => ({
      says: `Another program answers at ${url} (${status}).`,
      deed: 'Check PUBLIC_URL, and that the domain leads to this application.',
    }),
    blocked: (url, obstacle) => obstacleFault(url, obstacle),
  },
  ping: {
    name: 'Notify address (GET)',
    well: 'It answers 200, and nothing keeps it in a cache.',
    cached: {
      says: "A cache answers in the shop's place.",
      deed: 'Keep /payment/ out of the cache (LiteSpeed Cache, Cloudflare, Varnish).',
    },
    strange: (status) => ({
      says: `It answers ${status}; CinetPay expects 200.`,
      deed: 'Check CINETPAY_NOTIFY_URL, or remove that setting.',
    }),
    stranger: {
      says: 'Another program answers at this address.',
      deed: 'Check CINETPAY_NOTIFY_URL, and that the domain leads to this application.',
    },
    unreachable: (reason) => ({
      says: `It does not answer (${reason}).`,
      deed: 'Check CINETPAY_NOTIFY_URL, or remove that setting.',
    }),
    blocked: (url, obstacle) => obstacleFault(url, obstacle),
  },
  notice: {
    name: 'Notify address (POST)',
    well: 'A notice arrives whole through the public address.',
    altered: {
      says: 'The notice arrives, and was changed on its way: its signature no longer fits.',
      deed: 'Ask your host to keep /payment/callback/ out of its filters.',
    },
    strange: (status) => ({
      says: `The notice does not arrive at the shop: the address answers ${status}.`,
      deed: 'Check CINETPAY_NOTIFY_URL, and that nothing answers in its place.',
    }),
    unreachable: (reason) => ({
      says: `The notice does not arrive (${reason}).`,
      deed: 'Ask your host why a POST to this address is cut.',
    }),
    blocked: (url, obstacle) => obstacleFault(url, obstacle),
  },
  ranges: {
    name: 'Resumed downloads',
    well: 'A download that is cut goes on where it was.',
    compressed: {
      says: 'The reverse proxy compresses the books: a download that is cut begins anew.',
      deed: 'Switch compression off (cPanel: "Optimize Website") for PDF files.',
    },
    etag: {
      says: "The reverse proxy changes the books' entity tag (ETag).",
      deed: 'Switch compression and optimising modules off for /d/.',
    },
    length: {
      says: 'The reverse proxy hides the size of the books: the phone shows no progress.',
      deed: 'Switch optimising modules (compression, PageSpeed) off for /d/.',
    },
    ignored: (status) => ({
      says: `Part of a file is asked for, and the answer is ${status} instead of 206.`,
      deed: 'Ask your host to let the Range header through.',
    }),
    unfit: {
      says: 'The part of a file that came is not the one that was asked for.',
      deed: 'Keep /d/ out of the cache (LiteSpeed Cache, Cloudflare, Varnish).',
    },
    notModified: (status) => ({
      says: `A file that did not change is sent whole (${status} instead of 304).`,
      deed: 'Ask your host to let the If-None-Match header through.',
    }),
    unreachable: (reason) => ({
      says: `The trial of a download did not end (${reason}).`,
      deed: 'Try again; if it stays so, ask your host what cuts the answers.',
    }),
  },
  visitors: {
    name: "Visitors' addresses",
    apart: 'Each visitor is counted alone.',
    untrusted: (proxy) => ({
      says: `All visitors seem to have one address, ${proxy}, that of the proxy in front: a single nuisance can close the shop to everybody.`,
      deed: `Add ${proxy} to TRUSTED_PROXIES and restart; for a CDN (Cloudflare …) give all its networks. See "Behind a proxy" in the guide "Running it".`,
    }),
    unnamed: (proxy) => ({
      says: `All visitors have one address, ${proxy}: the proxy in front does not say who visits.`,
      deed: `Let it append its caller to X-Forwarded-For, and set TRUSTED_PROXIES=${proxy}. See "Behind a proxy" in the guide "Running it".`,
    }),
    same: (address) => ({
      says: `You and the server itself are counted as one visitor, ${address}; if you are elsewhere, so are all visitors.`,
      deed: 'Open this page over mobile data. If it says the same, see "Behind a proxy" in the guide "Running it".',
    }),
  },
  sendFile: {
    name: 'Sent by the server (SEND_FILE)',
    obeys: 'Apache sends the files by itself, whole and in parts.',
    notSent: {
      says: 'SEND_FILE is set, and Apache does not send the file; the shop sends it itself.',
      deed: 'Ask your host to switch mod_xsendfile on for DATA_DIR, or remove SEND_FILE.',
    },
    altered: {
      says: "SEND_FILE is set, and Apache changes the file's tag; the shop sends it itself.",
      deed: 'Remove SEND_FILE, or set XSendFileIgnoreEtag and XSendFileIgnoreLastModified to off.',
    },
    unreachable: {
      says: 'The trial did not end; the shop sends the files itself.',
      deed: 'Mend the line "Public address" first.',
    },
  },
  https: {
    name: 'https',
    well: 'It is enforced, and browsers remember it (HSTS).',
    none: { says: 'The public address is http, on this machine only.' },
    plain: {
      says: 'The shop answers in plain http, too, where everything can be read on its way.',
      deed: 'Switch on "Force HTTPS Redirect" in cPanel, "Domains".',
    },
    noHsts: {
      says: 'The HSTS header does not reach the visitor.',
      deed: 'Ask your host why Strict-Transport-Security is taken away.',
    },
  },
  certificate: {
    name: 'Certificate',
    well: (days) => `Valid for ${days} more days.`,
    unseen: { says: 'It cannot be seen from Workers; Cloudflare renews it by itself.' },
    soon: (days) => ({
      says: `It is valid for ${days} days only.`,
      deed: 'Renew it: cPanel, "SSL/TLS Status", "Run AutoSSL".',
    }),
    refused: (fault) => ({
      says: `Browsers refuse it (${fault}).`,
      deed: 'Make it anew: cPanel, "SSL/TLS Status", "Run AutoSSL".',
    }),
    unreachable: (reason) => ({
      says: `It cannot be read (${reason}).`,
      deed: 'Check that port 443 of the domain is open.',
    }),
  },
  mail: {
    names: { spf: 'Mail: SPF', dkim: 'Mail: DKIM', dmarc: 'Mail: DMARC' },
    none: {
      name: 'Mail',
      says: "No mail leaves: the book is on the order's page, and the desk prepares the messages.",
    },
    unseen: (reason) => ({
      says: `The DNS does not answer from here (${reason}).`,
      deed: 'Try again in some minutes.',
    }),
    spf: (domain) => `${domain} says who may send in its name.`,
    noSpf: (domain) => ({
      says: `${domain} does not say who may send in its name: receipts end up as spam.`,
      deed: `Add the TXT record "v=spf1 …" of ${domain} (cPanel: "Email Deliverability").`,
    }),
    manySpf: (domain) => ({
      says: `${domain} has several SPF records, and so none that counts.`,
      deed: 'Keep a single TXT record "v=spf1", which unites the others.',
    }),
    openSpf: (domain) => ({
      says: `The SPF of ${domain} lets anybody send in its name (+all).`,
      deed: 'Write "~all" in the place of "+all" in that record.',
    }),
    dkim: (selector) => `A public key is found (${selector}).`,
    noDkim: (selectors) => ({
      says: `No key under the usual names (${selectors}); it may have another one.`,
      deed: 'Send yourself the trial below, and look for "dkim=pass" in its headers.',
    }),
    dmarc: (domain) => `${domain} says what to do with forgeries.`,
    noDmarc: (domain) => ({
      says: `${domain} does not say what to do with forgeries: Gmail and Yahoo distrust your receipts.`,
      deed: `Add the TXT record "v=DMARC1; p=none" under _dmarc.${domain}.`,
    }),
  },
  phone: {
    name: 'Seen from a phone',
    other: (when) => `A phone came over another network, on ${when}.`,
    same: (when) => ({
      says: `A phone came on ${when}, over the same network as the desk.`,
      deed: "Switch the phone's Wi-Fi off and open the code's address again.",
    }),
    never: {
      says: 'No phone has come to check from the internet.',
      deed: 'In the desk, "Check-up": scan the code with a phone, its Wi-Fi off.',
    },
    arrived: 'The shop answers. You can close this page.',
    arrivedSame:
      'The shop answers, over the same network as the desk. Switch the Wi-Fi off and load this page again to try mobile data.',
    over: 'This code is no longer valid. Load the "Check-up" page again to get another one.',
    title: 'Trial from a phone',
  },
  letter: {
    subject: 'A trial of your shop',
    text: 'This e-mail is a trial, sent from the "Check-up" page of your shop. If it arrived as spam, that page says what to mend.',
  },
}

function obstacleFault(url: string, obstacle: Obstacle) {
  switch (obstacle.kind) {
    case 'redirect':
      return {
        says: `${url} sends elsewhere (${obstacle.to || '?'}); CinetPay does not follow.`,
        deed: 'Put the final address in PUBLIC_URL, or remove the redirect.',
      }
    case 'challenge':
      return {
        says: `${url} shows an "are you human?" page, which CinetPay cannot pass.`,
        deed: 'Keep /payment/ out of the protection against robots (Cloudflare, Imunify360).',
      }
    case 'firewall':
      return {
        says: `A firewall refuses the call to ${url} (${obstacle.status}).`,
        deed: 'Switch ModSecurity off for this domain (cPanel: "ModSecurity"), or ask the host to.',
      }
    case 'broken':
      return {
        says: `${url} answers with an error (${obstacle.status}).`,
        deed: "Restart the application, then read the host's error log.",
      }
  }
}
