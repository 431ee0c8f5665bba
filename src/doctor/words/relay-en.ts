import type { relay as fr } from './relay-fr.ts'

export const relay: typeof fr = {
  relay: {
    names: { relay: 'Relay to CinetPay', address: 'Address that CinetPay sees' },
    well: "It answers, knows the shop's secret, and refuses everything else.",
    none: {
      says: 'The shop is on Cloudflare Workers, without a fixed address: CinetPay refuses its calls.',
      deed: 'Set up the relay, then CINETPAY_RELAY_URL and CINETPAY_RELAY_SECRET. See the guide "The relay to CinetPay".',
    },
    unreachable: (reason) => ({
      says: `It does not answer (${reason}).`,
      deed: 'Open its address in a browser, then check its https and CINETPAY_RELAY_URL.',
    }),
    stranger: (status) => ({
      says: `Another page answers at its address (${status}).`,
      deed: 'Check CINETPAY_RELAY_URL, and that no firewall (cPanel: "ModSecurity") answers in its place.',
    }),
    wrongSecret: {
      says: "It does not know the shop's secret.",
      deed: 'Set the same secret on both sides: CINETPAY_RELAY_SECRET here, relay-config.php or RELAY_SECRET at the relay.',
    },
    cannotReach: (word) => ({
      says: `It is up, and CinetPay is out of its reach (${word}).`,
      deed: "Ask the relay's host to open calls to api.cinetpay.co and api.cinetpay.net, port 443.",
    }),
    broken: (word) => ({
      says: `It cannot work (${word}).`,
      deed: 'Open its address in a browser: it says what is missing.',
    }),
    open: {
      says: 'It also passes what it must refuse: anybody could make use of it.',
      deed: 'Replace its file by the one of this version of the shop, then change the secret.',
    },
    address: (address) =>
      `Probably ${address}: the address to enter in CinetPay's panel ("API & security").`,
    addressUnseen: {
      says: 'It cannot be seen from here.',
      deed: "Ask the relay's host which IPv4 address it calls from, and enter that in CinetPay's panel.",
    },
  },
}
