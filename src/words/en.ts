import type { Words } from './fr.ts'
import { pluralIn } from './plural.ts'

const plural = pluralIn('en')

export const en: Words = {
  languageName: 'English',
  byte: 'B',
  about3g: (time) => `about ${time} on 3G`,
  shop: 'Kiosque',
  tagline: 'E-books, paid with your phone.',
  skip: 'Skip to content',
  menu: 'Menu',
  home: 'All books',
  demonstration: 'Demonstration: no money moves. Payments are played.',
  find: 'Find my books',
  footer: 'Payment by CinetPay: mobile money and cards.',
  legal: {
    name: 'Legal information',
    links: [
      ['legalNotice', 'Legal notice'],
      ['terms', 'Terms of sale'],
      ['privacy', 'Privacy'],
    ],
  },
  catalog: {
    title: 'Our books',
    empty: 'No book yet. Come back soon!',
    description: (shop) => `E-books from ${shop}: paid with your phone, read at once.`,
    search: 'Search by title, author or theme',
    searched: 'Title, author…',
    go: 'Search',
    tags: 'Themes',
    found: (typed) => `Books for “${typed}”`,
    nothing: (typed) => `No book for “${typed}”. Try with fewer words, or just one.`,
    near: (typed) => `No book for “${typed}” exactly. Here are those that are written nearly so.`,
    ask: 'Write a title, an author or a theme.',
    tag: (name) => `Theme: ${name}`,
    author: (name) => `Books by ${name}`,
    more: 'Older books',
    newest: 'Back to the newest',
    all: 'All books',
    news: (shop) => `New books from ${shop}`,
  },
  help: {
    title: 'Help',
    description: 'Paying for a book, getting it, finding it again: answers to questions.',
    operatorsTitle: 'What happens on your phone',
    operatorsLead: 'After “Pay”, CinetPay’s page opens. There you choose your operator.',
    operator: (name) => `With ${name}`,
    cards: 'Bank card',
    questionsTitle: 'Questions',
    questions: [
      [
        'Do I need an account or an e-mail?',
        'No. You need a name, a phone number, and something to pay with. The e-mail is optional.',
        'paid',
      ],
      [
        'When do I get the book?',
        'As soon as the payment is confirmed, mostly in less than a minute. The book opens on the page of your order.',
        'paid',
      ],
      [
        'I was debited and I do not have the book.',
        'Do not pay a second time. Open the page of your order, or “Find my books”: tell us that you were debited, and we check at once.',
        'paid',
      ],
      [
        'The download stopped.',
        'Open the page of your order again and touch the button. The download goes on where it stopped, and does not count twice.',
      ],
      [
        'I lost the link of my order.',
        'Go to “Find my books” with your phone number and the code of the order.',
      ],
      [
        'What do I read the book with?',
        'A PDF opens on nearly every phone. For an EPUB, install a free reading app. An MP3 plays like a song.',
      ],
      [
        'May I read on several devices?',
        'Yes, on your own ones. The book is for your personal use.',
      ],
    ],
    findTitle: 'Have you bought already?',
    contactTitle: 'Talk to a person',
    contact: 'Write to the shop. Give the code of your order, if you have one.',
    noContact: 'How to reach the shop stands in the legal notice.',
    whatsappText: 'Hello, I have a question about your books.',
  },
  book: {
    by: (author) => `by ${author}`,
    cover: (title) => `Cover of “${title}”`,
    pages: (count) => plural(count, 'page', 'pages'),
    free: 'Free',
    asYouLike: 'Pay what you like',
    asYouLikeFrom: (price) => `Pay what you like, from ${price}`,
    sample: {
      'application/pdf': 'Read a sample',
      'application/epub+zip': 'Download a sample',
      'audio/mpeg': 'Listen to a sample',
      'audio/mp4': 'Listen to a sample',
    },
    contents: 'Contents',
    tags: 'Themes of the book',
    moreBy: (authors) => `Also by ${authors}`,
    operators: 'You can pay with',
    onPhone: 'What happens on your phone',
    questions: 'Questions',
    allHelp: 'All help topics',
    share: 'Share on WhatsApp',
    shared: (title, address) => `“${title}”: ${address}`,
    description: (title, author, price) =>
      `“${title}”, by ${author}. ${price}. An e-book, paid with your phone, yours at once.`,
    card: {
      title: (title) => `Card of “${title}”`,
      scan: 'Point the phone’s camera at this square, or type the address.',
      print: 'Print this page: a card to put beside your books.',
      code: (title) => `Code to scan, to the page of “${title}”`,
    },
    notPayable: 'This book is not for sale at the moment.',
    afterTitle: 'What happens',
  },
  sale: {
    book: {
      go: 'Buy',
      title: 'Buy this book',
      agree:
        'By going on you ask for the book at once: once downloaded, it cannot be refunded. See the',
      after: [
        'You pay with your phone, on CinetPay’s page.',
        'As soon as the payment is confirmed, the book opens on the page of your order.',
        'Keep the link of that page: it stays yours, with no account and no e-mail.',
      ],
    },
    pack: {
      go: 'Buy',
      title: 'Buy this pack',
      agree:
        'By going on you ask for the books at once: once downloaded, they cannot be refunded. See the',
      after: [
        'You pay once with your phone, on CinetPay’s page.',
        'As soon as the payment is confirmed, all the books open on the page of your order.',
        'Keep the link of that page: it stays yours, with no account and no e-mail.',
      ],
    },
    free: {
      go: 'Get it free',
      title: 'Get it free',
      agree: 'By going on you accept the',
      after: [
        'You write your name and phone number, so that your book can be found again.',
        'The page of your order opens at once, with nothing to pay.',
        'Keep the link of that page: it stays yours, with no account and no e-mail.',
      ],
    },
  },
  pack: {
    title: (count) => `${plural(count, 'book', 'books')} in this pack`,
    apart: (sum) => `Bought one by one: ${sum}.`,
    saving: (sum) => `With the pack, you save ${sum}.`,
  },
  code: {
    have: 'I have a discount code',
    label: 'Your code',
    apply: 'Apply',
    applied: (code) => `Code ${code}:`,
    fromTo: (before, after) => `${before} → ${after}`,
    onChosen: (off) => `The code takes ${off} off the amount that you choose.`,
    remove: 'Remove the code',
    refused: {
      unknown: 'We do not know this code. Check the letters and digits.',
      notYet: 'This code does not work yet: the promotion has not begun.',
      over: 'This code no longer works: the promotion is over.',
      usedUp: 'This code has been used as many times as it could.',
      otherBook: 'This code is not for this book.',
      noGain: 'This code does not lower the price of this book.',
      tooManyTries:
        'Many wrong codes came from your network. Answer the little question, or buy without a code.',
    },
    withoutIt: (price) =>
      `Without a code, the price is ${price}. Nothing was debited. Send again if you agree.`,
    withoutItChosen: 'Nothing was debited. Without a code, you pay the amount that you choose.',
    changed: 'The discount has just changed. Look at the price, then send again.',
  },
  form: {
    name: 'Your name',
    phone: 'Your phone number',
    phoneHint: 'So that your order can be found again.',
    phoneExample: (place, number) => `Example (${place}): ${number}`,
    country: 'Country of the phone',
    otherCountry: 'Another country (type the number with +)',
    email: 'Your e-mail (optional)',
    means: 'What do you pay with?',
    meansLater: 'I will choose later',
    amount: 'The amount that you choose',
    amountHint: ({ smallest, step, orNothing }) =>
      `${orNothing ? 'Write 0 to pay nothing, or ' : ''}${smallest} or more${step > 1 ? `, in steps of ${step}` : ''}.`,
    terms: 'terms of sale',
    pay: (price) => `Pay ${price}`,
    payChosen: 'Pay this amount',
    getFree: 'Get it free',
    errors: {
      summary: 'Something is left to correct. Nothing was debited.',
      name: 'Write your name (100 letters at most).',
      phone: {
        empty: 'Write the phone number, in digits.',
        two: 'There are two numbers here, or too much text. Keep one number.',
        plus: 'Begin with + and the country’s prefix. Example: +33 6 12 34 56 78',
        prefix: 'No country has the prefix after the +. Check it.',
        letter: (letter) =>
          `There is a letter in this number: ${letter}. Put a digit in its place.`,
        old: {
          BJ: (number) => `Numbers of Benin have 10 digits now. Put 01 in front: ${number}`,
          CI: () =>
            'Numbers of Côte d’Ivoire have 10 digits now. Put 07 (Orange), 05 (MTN) or 01 (Moov) in front.',
        },
        zero: (country, number) =>
          `No 0 in front in this country (${country}): write ${number}. If the number is of another country, choose it in the list.`,
        short: (digits, lengths, country) =>
          `Digits are missing: ${digits} instead of ${lengths} (${country}).`,
        long: (digits, lengths, country) =>
          `There are too many digits: ${digits} instead of ${lengths} (${country}).`,
        lostZero: 'Perhaps the 0 in front is missing.',
        others: (countries) =>
          `Is it a number of another country (${countries})? Choose it in the list.`,
      },
      country: 'Choose a country from the list.',
      email: 'This e-mail address does not look right. Correct it or leave it empty.',
      amount: (rule) => `This amount is not possible. Write it without dots or commas. ${rule}`,
      amountTooHigh: (largest) => `CinetPay takes ${largest} at most. Choose less.`,
      discount: 'The discount has changed. Look at the new price, then send again.',
      price: (price) => `The price has changed: it is now ${price}. Send again if you agree.`,
    },
  },
  order: {
    title: (code) => `Order ${code}`,
    receipt: {
      title: (code) => `Receipt of order ${code}`,
      book: 'Book',
      code: 'Code of the order',
      amount: 'Amount',
      payment: 'Payment',
      trial: 'A trial order, no money moved',
      day: 'Date',
      shop: 'Shop',
      link: 'Page of the order',
      find: 'To find the book again',
      how: 'Keep this file. To find your book on another phone, open the page of the order, or give your number and the code at the address above.',
      keep: 'Keep this order',
      others: 'My other books',
      download: 'Save the receipt',
      whatsapp: 'Send myself the link by WhatsApp',
      copy: 'Or copy this text',
    },
    keep: 'Keep this page: bookmark it, or send yourself the link. It gives access to your book.',
    support: (code) => `A problem? Give this code to the shop: ${code}.`,
    write: {
      whatsapp: 'Write to the shop on WhatsApp',
      email: 'Write to the shop by e-mail',
      text: (code) => `Hello, I am writing about my order ${code}.`,
    },
    paid: {
      book: {
        title: 'Thank you! Your book is here.',
        text: 'Download your book now, and come back here whenever you want.',
      },
      pack: {
        title: 'Thank you! Your books are here.',
        text: 'Download your books now, and come back here whenever you want.',
      },
      confirmed: 'The payment is confirmed.',
      free: 'There is nothing to pay.',
      download: 'Download the book',
      listen: 'Listen',
      read: 'Read in the browser',
    },
    double: {
      owed: (sum) => `You paid once too often. The shop has been told: it has to give ${sum} back.`,
      perhaps: (sum) =>
        `CinetPay accepted a payment of ${sum}, and the shop had noted your order as paid already. It has been told, and checks whether this sum is to be given back.`,
      back: (sum, day) => `Paid too much, and refunded on ${day}: ${sum}.`,
      claim: 'I was debited twice',
    },
    pending: {
      title: 'We are waiting for the confirmation.',
      text: 'If you confirmed on your phone, do not pay a second time: it can take a few minutes. This page updates by itself.',
      done: 'You already confirmed on your phone? The confirmation can take a few minutes. This page updates by itself.',
      continue: 'Continue to the payment page',
      lost: 'Lost the payment page?',
      retryText: 'We first check that nothing was paid.',
      help: 'What happens on my phone?',
      helpOthers: 'With another operator',
      waiting: {
        pay: {
          happens: 'CinetPay waits for you to pay.',
          todo: 'Continue to the payment page, choose your operator and follow the steps.',
        },
        validate: {
          happens: 'Your operator waits for your agreement.',
          todo: 'Look at your phone: a request has come. Type your secret code to accept. Nothing shows? Open your operator’s menu and look for pending payments.',
        },
        code: {
          happens: 'CinetPay waits for the one-time code.',
          todo: 'Dial the number shown on the payment page, read the code you receive, then type it on that page.',
        },
        bank: {
          happens: 'Your bank waits for your agreement.',
          todo: 'Accept in your bank’s app, or type the code received by SMS.',
        },
        operator: {
          happens: 'Your operator answers badly at the moment.',
          todo: 'Do not pay a second time: we ask again by ourselves. If nothing is debited within an hour, try with another operator.',
        },
        pending: {
          happens: 'Your operator is handling the payment.',
          todo: 'If your phone asks you to accept, do; if not, wait a few minutes.',
        },
      },
      notDebited: 'I was not debited, I want to pay',
      look: 'Check now',
      seen: 'Checked at {heure}, still waiting.',
      changed: 'There is news. The page reloads.',
      unseen: 'No answer: the network may be down. We will look again.',
    },
    opening: {
      title: 'We are opening the payment page…',
      text: 'This page updates by itself in a few seconds.',
    },
    notOpened: {
      title: 'The payment page could not be opened.',
      text: 'CinetPay did not confirm it. Your order is kept, we go on asking CinetPay, and your phone was asked nothing. You can try again.',
      again:
        'CinetPay did not confirm this new try, and it asked nothing of your phone. If an earlier try was debited, say so here: the book opens as soon as CinetPay confirms it.',
    },
    away: {
      title: 'CinetPay does not answer right now.',
      text: 'Nothing was debited: the payment page did not open. Your order is kept, and we keep asking CinetPay. Try again in a few minutes, or come back to this page later.',
      again:
        'This try debited nothing: the payment page did not open. If an earlier try was debited, say so here: the book opens as soon as CinetPay confirms it.',
    },
    silent: {
      title: 'CinetPay does not answer right now.',
      text: 'If you confirmed on your phone, do not pay a second time: we keep asking by ourselves, and the book opens here as soon as CinetPay confirms. If you confirmed nothing, nothing was debited.',
    },
    denied: {
      title: 'The shop cannot take payments just now.',
      text: 'Nothing was debited. It is not because of you, and the shop has been told. Your order is kept: come back to this page later to pay.',
      again:
        'This try debited nothing. It is not because of you, and the shop has been told. If an earlier try was debited, the book opens here as soon as CinetPay confirms; if not, come back later to pay.',
    },
    failed: {
      title: 'The payment did not go through.',
      why: {
        balance: 'The balance of your account is too low.',
        code: 'The code that was typed was not the right one.',
        'code-expired': 'The one-time code was no longer valid.',
        cancelled: 'The payment was cancelled.',
        limit: 'Your operator has set a limit that this payment exceeds.',
        number: 'Your operator does not know this number.',
        blocked: 'Your operator has blocked this number.',
        expired: 'The time to pay has passed.',
        other: 'CinetPay did not accept this payment.',
      },
      todo: {
        balance: 'Top up your account or choose another operator, then try again.',
        code: 'Try again, typing the code with care. If you have just paid the same sum with this number, wait a few minutes.',
        'code-expired':
          'Try again, ask for a new code, and type it at once: it lasts some minutes only.',
        cancelled: 'If you did not mean to, try again.',
        limit:
          'Try again tomorrow, or with another operator. Your operator’s customer service can tell you the limit.',
        number: 'Try again with a number that has an active mobile money account.',
        blocked: 'Try again with another number, or ask your operator why this one is blocked.',
        expired: 'Try again, and confirm on your phone within the next minutes.',
        other: 'Try again in a few minutes, or with another operator.',
      },
      text: 'If your account was debited all the same, wait a few minutes: the book will open here by itself. If not, you can try again.',
    },
    expired: {
      title: 'This order was not paid in time.',
      text: 'You can pay it now. Your account was already debited? Say so here: the book opens as soon as CinetPay confirms it.',
    },
    review: {
      title: 'A person has to check your payment.',
      text: 'The amount received is not that of the order. Keep this page, give the order’s code to the shop, and do not pay a second time.',
    },
    returned: {
      title: 'This payment was not kept.',
      text: 'Its amount was not that of the order, and the shop has seen to it. You can pay the order now.',
    },
    refunded: {
      title: 'This order was refunded.',
      text: 'The book can no longer be reached through this page.',
    },
    revoked: {
      title: 'Access to this book was closed.',
      text: 'If this is a mistake, give the order’s code to the shop.',
    },
    card: {
      title: 'Your order',
      text: (shop) => `This page of ${shop} belongs to the person who ordered.`,
      open: 'Open my order',
    },
    digits: {
      title: 'Is it you?',
      text: 'This link was opened on several devices already. To protect your book, write the last four digits of the phone given when buying. This device will not be asked again.',
      label: 'The last four digits',
      open: 'Open',
      wrong: 'These are not the last digits of that phone.',
      wait: (minutes) =>
        `Too many tries. Wait ${plural(minutes, 'minute', 'minutes')}, or open it at once with your phone and the code of the order.`,
    },
    debited: 'I was debited',
    case: {
      title: 'We have told the shop.',
      text: (code) =>
        `Keep this page: your code is ${code}. We go on asking CinetPay for 30 days, and the book opens here as soon as it confirms. Do not pay a second time.`,
      review: (code) =>
        `Your code is ${code}. CinetPay confirmed another amount than that of the order: a person checks it, then gives you the book or the money back. Do not pay a second time.`,
      twice: (code) =>
        `Your code is ${code}. The shop looks at what was debited, and gives back what was paid too much.`,
      whatsapp: 'Write to the shop on WhatsApp, too',
      message: (code) => `Hello, I was debited for order ${code} and do not have the book yet.`,
      messageTwice: (code) => `Hello, I was debited twice for order ${code}.`,
    },
    retry: (price) => `Try again to pay ${price}`,
    back: 'Back to the book',
    backToOrder: 'Back to the order',
    demonstrationOver: {
      title: 'This order was a trial.',
      text: 'It was made while the shop was on trial: no money moved, and the book is no longer given.',
    },
  },
  file: {
    light: 'Light edition',
    lightText: 'The same book, smaller: less data, and less waiting.',
    lightToo: (size, time) => `Light edition included: ${size} · ${time}`,
    resume: {
      go: 'Go on downloading',
      text: (percent) =>
        `A download was begun (${percent}% sent). If it has stopped, open the downloads of your phone and touch “Resume”: it goes on where it stopped. Otherwise touch this button.`,
    },
    damaged: {
      title: 'Your book is being repaired.',
      text: [
        'The file that the shop keeps is damaged. We do not want to give you a broken book.',
        'The shop can see this and has to replace it. What you bought stays yours: there is nothing to pay again.',
        'Come back to the page of your order in a few hours. The book is there as soon as it is repaired.',
      ],
      short: 'This file is being repaired. What you bought stays yours: come back in a few hours.',
    },
    limit: {
      title: 'Is it you?',
      text: 'This book was downloaded whole many times with this link. To go on, write the end of the number given at the purchase.',
      label: 'The last 4 digits of your phone number',
      hint: 'The number given at the purchase. Example: 34 56',
      go: 'Continue',
      faults: {
        'not-these': 'These are not the last digits of the order’s number. Check them.',
        'too-many':
          'Too many tries. Wait an hour, or go by “Find my books”, with your phone and the order’s code.',
      },
      short: 'This file was downloaded many times: we shall ask for the end of your number.',
    },
  },
  returned: {
    title: 'Back from payment',
    unknown:
      'We cannot find this order. Open the link of your order, or give its code to the shop.',
    pending: 'This payment is waiting for confirmation.',
    paid: 'This payment is confirmed. Open the link of your order to receive the book.',
    failed: 'This payment did not go through.',
    expired: 'This payment was not made in time.',
    review: 'A person has to check this payment.',
    closed: 'This order is closed.',
  },
  faults: {
    400: ['Request not understood', 'Go back to the page before and try again.'],
    403: [
      'Not allowed',
      'This page or action is not allowed from here. Go back, or sign in again.',
    ],
    404: ['Page not found', 'The address does not exist, or the book is no longer for sale.'],
    405: ['Not possible here', 'Go back to the page before and try again.'],
    410: [
      'This book is no longer on sale',
      'The shop has taken it off. Did you buy it? It stays yours: find it with your number and the code of your order.',
    ],
    413: ['Too long', 'What was sent is too long. Shorten it and try again.'],
    414: ['Address too long', 'The address of this page is too long.'],
    429: [
      'One moment, please',
      'Many payments were just started for this order. Wait ten minutes and try again. Your order is kept.',
    ],
    500: ['An error on our side', 'Nothing is lost. Try again in a moment.'],
    503: [
      'The shop is right back',
      'A part of the shop does not answer. Nothing is lost: try again in a minute.',
    ],
    507: [
      'The file could not be kept',
      'The place where the shop keeps its files is full, or can no longer be written to. Nothing that was there is lost. Make room at the host, or give the folder (or the bucket) back to the shop: the check-up of the desk says what is missing.',
    ],
  },
  formats: {
    'application/pdf': 'PDF',
    'application/epub+zip': 'EPUB',
    'audio/mpeg': 'MP3',
    'audio/mp4': 'Audio book (M4A)',
  },
  reference: (id) => `Reference: ${id}`,
}
