import type { mailServer as fr } from './mail-server-fr.ts'

export const mailServer: typeof fr = {
  mailServer: {
    names: { server: 'Mail: server', password: 'Mail: password', delayed: 'Mail: waiting' },
    well: 'The mail server lets the shop in.',
    noTls: {
      says: 'The mail server offers no encrypted connection: the password would leave in clear. It is given nothing.',
      deed: 'In SMTP_URL, write smtps:// and port 465, or ask your host for its encrypted address.',
    },
    refused: (reason) => ({
      says: `The mail server does not let the shop in (${reason}).`,
      deed: 'Check SMTP_URL: the server, the port, the account and the password.',
    }),
    cleartext: {
      says: 'The password of the mail may leave in clear (SMTP_ALLOW_CLEARTEXT_PASSWORD).',
      deed: 'Remove this setting once your host has an encrypted address, and change the password.',
    },
    delayed: (count, why) =>
      count === 1 ? `One letter waits: ${why}` : `${count} letters wait: ${why}`,
    lastAnswer: (reason) => `the last answer was "${reason}". The shop tries again.`,
  },
}
