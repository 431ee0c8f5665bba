import { reasonAway } from '../../lib/database-away.ts'
import type { host as fr } from './host-fr.ts'

const BUCKET_KEY =
  'Compare S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY with the key that your provider shows, and S3_REGION with the region of the bucket.'
const BUCKET_DEEDS: Record<string, string> = {
  NoSuchBucket: 'There is no such bucket: make it at your provider, or mend S3_BUCKET.',
  InvalidAccessKeyId: BUCKET_KEY,
  SignatureDoesNotMatch: BUCKET_KEY,
  AuthorizationHeaderMalformed: BUCKET_KEY,
  PermanentRedirect: 'The bucket is in another region: mend S3_ENDPOINT and S3_REGION.',
  AccessDenied:
    'Give the key the right to read, write, delete and list in this bucket (docs/en/storage.md).',
  RequestTimeTooSkewed: 'The clock of this server is wrong: have the host set it.',
}
const BUCKET_DEED =
  'Look at S3_ENDPOINT, and whether the server answers; the books that are there are not lost. Try again in a few minutes.'

export const host: typeof fr = {
  tooLong: (seconds) => ({
    says: `This check did not end in ${seconds} s.`,
    deed: 'Try again in some minutes; if it stays so, show this line to your host.',
  }),
  failed: (error) => ({
    says: `This check broke off (${error}).`,
    deed: "Try again; if it stays so, the server's log says why.",
  }),
  configuration: {
    name: 'Settings of the host',
    well: 'They are read, and they fit together.',
    demonstration: {
      says: 'The shop is a demonstration: no money moves.',
      deed: "To sell, give CinetPay's keys in the settings of the host.",
    },
    sandbox: {
      says: 'The keys are of the sandbox (sk_test_): no money moves.',
      deed: 'To sell, set the sk_live_ keys and take DEMONSTRATION away.',
    },
  },
  versions: {
    name: 'Versions',
    well: (shop, runtime, driver) => `Kiosque ${shop}, ${runtime}, postgres driver ${driver}.`,
    oldNode: (runtime) => ({
      says: `${runtime} is too old for this shop.`,
      deed: 'Choose Node 22 or 24 in "Setup Node.js App", then restart the application.',
    }),
    unkept: (runtime) => ({
      says: `${runtime} gets no more security fixes.`,
      deed: 'Choose Node 24 in "Setup Node.js App" once your host offers it.',
    }),
  },
  guesses: {
    name: 'Guessing attempts',
    well: 'Nothing remarkable since yesterday.',
    of: {
      login: {
        says: 'Since yesterday, somebody tries many passwords at the desk’s door. It blocks nobody: a device that has entered before does not wait.',
        deed: 'Keep a long password, or better: enter by fingerprint (My access).',
      },
      find: {
        says: 'Since yesterday, somebody tries many codes or references with one phone, at “Find my books”. The shop slows them down, and the buyer does not wait.',
        deed: 'Nothing to do. If the buyer writes to you, send the link of the order, to the number of the order.',
      },
      digits: {
        says: 'Since yesterday, somebody guesses the end of an order’s phone: perhaps a link goes round.',
        deed: 'If a buyer complains, close the old link on the page of the order and send the new one.',
      },
      case: {
        says: 'Since yesterday, many people say that they were debited, without the link of an order.',
        deed: 'Look at “Needs attention”: if these lines are alike, perhaps somebody plays.',
      },
    },
  },
  database: {
    name: 'Database',
    well: (version, ms) => `PostgreSQL ${version} answers in ${ms} ms.`,
    embedded: (version) => `PostgreSQL ${version}, embedded, for a trial.`,
    embeddedSelling: {
      says: 'The shop sells with the embedded database, which a power cut can spoil.',
      deed: 'Make a PostgreSQL database at the host, and give its address in DATABASE_URL.',
    },
    old: (version, least) => ({
      says: `PostgreSQL ${version} is too old: version ${least} or newer is needed.`,
      deed: 'Ask your host for a newer one, or take a database elsewhere.',
    }),
    slow: (version, ms) => ({
      says: `PostgreSQL ${version} answers in ${ms} ms, and each page waits for several answers.`,
      deed: 'Take a database near the server; on Workers, go through Hyperdrive.',
    }),
    away(code) {
      const reason = reasonAway(code)
      if (reason === 'login')
        return {
          says: `The database refuses the user or the password (${code}).`,
          deed: 'Put the right ones into DATABASE_URL.',
        }
      if (reason === 'certificate')
        return {
          says: `The certificate of the database's server is not believed (${code}).`,
          deed: 'Ask its host for one that is.',
        }
      if (reason === 'missing')
        return {
          says: 'The server knows no database of the name in DATABASE_URL.',
          deed: 'Make one of this name, or put the right name there.',
        }
      if (reason === 'locked')
        return {
          says: `The database is being brought up to date elsewhere, or something holds its tables (${code}).`,
          deed: 'Wait some minutes and try again; if it stays so, end the other connections at the host.',
        }
      return {
        says: `The database does not answer (${code}).`,
        deed: 'Check the host and the port in DATABASE_URL, and whether PostgreSQL runs there.',
      }
    },
  },
  replica: {
    name: 'Replica',
    well: (seconds) =>
      seconds === 0
        ? 'The database that pages come from (DATABASE_READ_URL) is up to date.'
        : `The database that pages come from (DATABASE_READ_URL) is ${span(seconds)} late.`,
    late: (leastS, shownS) => ({
      says: `The database that pages come from (DATABASE_READ_URL) is more than ${span(leastS)} late${shownS === null ? '' : `: the newest that it shows is ${span(shownS)} old`}. Visitors see old pages, and true prices when they pay.`,
      deed: 'Look at the replication at the database’s host; until then, remove DATABASE_READ_URL.',
    }),
    writes: {
      says: 'DATABASE_READ_URL names a database that does not follow the other one: it writes by itself.',
      deed: 'Name a replica, or remove the line.',
    },
    untold: {
      says: 'The database that pages come from (DATABASE_READ_URL) does not tell how late it is.',
      deed: 'See the graphs of its host.',
    },
    away: (code) => ({
      says: `The database that pages come from (DATABASE_READ_URL) does not answer (${code}). The other one answers in its place.`,
      deed: 'See that it runs, or remove DATABASE_READ_URL.',
    }),
  },
  durability: {
    name: 'Durability',
    well: 'PostgreSQL waits for the disk before it says yes.',
    wrong: (settings) => ({
      says: `PostgreSQL is set to forget sales after a crash (${settings}).`,
      deed: 'Ask your host to set these back to "on".',
    }),
  },
  deadline: {
    name: 'Deadline',
    well: 'A question without an answer is given up, and the next one goes through.',
    wrong: {
      says: 'A question without an answer is not given up: a page could wait for ever.',
      deed: 'Restart the application; if it stays so, show this line to whoever installed it.',
    },
  },
  clock: {
    name: 'Clock',
    well: "The server's time is right.",
    off: (what, seconds) => ({
      says: `The server's clock and ${what === 'database' ? "the database's" : 'the one outside'} are ${span(seconds)} apart.`,
      deed: "Ask your host to set the server's time (NTP).",
    }),
  },
  storage: {
    name: 'Files',
    well: 'A file is written, read back and deleted.',
    wrong: {
      says: 'A file cannot be written, read back and deleted where the shop keeps them.',
      deed: 'Give the program the right to write in DATA_DIR, and free some space; on Workers, check the R2 bucket.',
    },
    full: {
      says: 'The disk is full: no file can be kept any more.',
      deed: 'Make room at the host, or take a larger plan; the books already sold can still be downloaded.',
    },
    closed: {
      says: 'The folder of the files may not be written to.',
      deed: 'In the host’s file manager, give DATA_DIR and what is in it the rights 750, in the name of your account.',
    },
    bucket: (code: string) => ({
      says: `The S3 server does not keep a file (${code}).`,
      deed: BUCKET_DEEDS[code] ?? BUCKET_DEED,
    }),
  },
  privacy: {
    name: 'Private files',
    well: 'The files cannot be found from the internet.',
    open: (path) => ({
      says: `Anybody can read your books without paying, at the address ${path}.`,
      deed: 'Move DATA_DIR out of the public folder (public_html), then restart the application.',
    }),
    environment: (path) => ({
      says: `Anybody can read your keys, at the address ${path}.`,
      deed: 'Move the .env file out of the public folder, then change every key in it.',
    }),
  },
  legal: {
    name: 'Legal pages',
    well: 'They say who sells.',
    missing: (fields) => ({
      says: `Missing: ${fields}.`,
      deed: 'Complete "Settings", then "Legal identity".',
    }),
  },
  cron: {
    name: 'Scheduled task (cron)',
    ways: {
      address: 'by POST /cron',
      trigger: 'by the trigger of Workers',
      command: 'by npm run cron',
    },
    well: (seconds, way) => `Last pass ${span(seconds)} ago, ${way}.`,
    never: {
      says: 'It has never run: pending payments are checked when someone visits.',
      deed: 'Add the scheduled task at the host: the shop works without it, less promptly.',
    },
    late: (seconds, way) => ({
      says: `It no longer comes: the last pass, ${way}, was ${span(seconds)} ago.`,
      deed: 'Check the scheduled task at the host, and the CRON_SECRET that it sends.',
    }),
  },
}

function span(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800
    ? `${Math.round(seconds / 3_600)} h`
    : `${Math.round(seconds / 86_400)} days`
}
