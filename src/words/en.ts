import type { Words } from './fr.ts'
import { pluralIn } from './plural.ts'

const plural = pluralIn('en')

export const en: Words = {
  languageName: 'English',
  byte: 'B',
  about3g: (time) => `about ${time} on 3G`,
  shop: 'Kiosque',
  tagline: 'E-books you pay for with your phone.',
  skip: 'Skip to content',
  menu: 'Menu',
  home: 'All books',
  demonstration: 'Demonstration: no money moves, payments are simulated.',
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
    description: (shop) => `E-books from ${shop}: pay with your phone, read right away.`,
    search: 'Search by title, author or theme',
    searched: 'Title, author…',
    go: 'Search',
    tags: 'Themes',
    found: (typed) => `Books for “${typed}”`,
    nothing: (typed) => `No book found for “${typed}”. Try a single word.`,
    near: (typed) => `No exact match for “${typed}”. Here are the closest.`,
    ask: 'Enter a title, an author or a theme.',
    tag: (name) => `Theme: ${name}`,
    author: (name) => `Books by ${name}`,
    more: 'Older books',
    newest: 'Back to the newest',
    all: 'All books',
    news: (shop) => `New books from ${shop}`,
  },
  help: {
    title: 'Help',
    description: 'Paying for a book, getting it, finding it again: answers to your questions.',
    operatorsTitle: 'What happens on your phone',
    operatorsLead: 'After “Pay”, CinetPay’s page opens. There you choose your operator.',
    operator: (name) => `With ${name}`,
    cards: 'Bank card',
    questionsTitle: 'Questions',
    questions: [
      [
        'Do I need an account or an e-mail?',
        'No. Your name and phone number are enough. The e-mail is optional.',
      ],
      [
        'When do I get the book?',
        'As soon as the payment is confirmed, usually in less than a minute. The book opens on the page of your order.',
        'paid',
      ],
      [
        'I was debited and I do not have the book.',
        'Do not pay a second time. Open the page of your order, or “Find my books”, and say that you were debited: we check right away.',
        'paid',
      ],
      [
        'The download stopped.',
        'Open the page of your order again and touch the button. The download resumes where it stopped, and does not count twice.',
      ],
      [
        'I lost the link of my order.',
        'Go to “Find my books” with your phone number and the code of the order.',
      ],
      [
        'How do I read the book?',
        'A PDF opens on nearly every phone. For an EPUB, install a free reading app. An MP3 plays like music.',
      ],
      [
        'Can I read on several devices?',
        'Yes, on your own devices. The book is for your personal use.',
      ],
    ],
    findTitle: 'Already bought a book?',
    contactTitle: 'Talk to a person',
    contact: 'Write to the shop. If you have already ordered, give your order code.',
    noContact: 'The legal notice says how to reach the shop.',
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
    askShop: 'Ask a question on WhatsApp',
    question: (title) => `Hello, I have a question about “${title}”.`,
    share: 'Share on WhatsApp',
    shared: (title, address) => `“${title}”: ${address}`,
    description: (title, author, price) =>
      `“${title}”, by ${author}. ${price}. An e-book to pay for with your phone, yours right away.`,
    card: {
      title: (title) => `Poster for “${title}”`,
      scan: 'Scan this code with your phone’s camera, or type the address.',
      print: 'Print this poster and put it beside your books.',
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
        'By continuing, you ask for the book right away: once downloaded, it cannot be refunded. See the',
      after: [
        'You pay with your phone, on CinetPay’s page.',
        'As soon as the payment is confirmed, the book opens on the page of your order.',
        'Keep the link to that page: it opens your book whenever you want, with no account and no e-mail.',
      ],
    },
    pack: {
      go: 'Buy',
      title: 'Buy this pack',
      agree:
        'By continuing, you ask for the books right away: once downloaded, they cannot be refunded. See the',
      after: [
        'You pay once with your phone, on CinetPay’s page.',
        'As soon as the payment is confirmed, all the books open on the page of your order.',
        'Keep the link to that page: it opens your book whenever you want, with no account and no e-mail.',
      ],
    },
    free: {
      go: 'Get it free',
      title: 'Get it free',
      agree: 'By continuing, you accept the',
      after: [
        'You write your name and phone number, so that your book can be found again.',
        'The page of your order opens at once, with nothing to pay.',
        'Keep the link to that page: it opens your book whenever you want, with no account and no e-mail.',
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
    onChosen: (off) => `This code takes ${off} off the amount you choose.`,
    remove: 'Remove the code',
    refused: {
      unknown: 'We do not know this code. Check the letters and digits.',
      notYet: 'The promotion for this code has not started yet.',
      over: 'The promotion for this code is over.',
      usedUp: 'This code has been used as many times as it could.',
      otherBook: 'This code is not for this book.',
      noGain: 'This code does not lower the price of this book.',
      tooManyTries:
        'Too many wrong codes were tried from your network. Answer the little question, or buy without a code.',
    },
    withoutIt: (price) =>
      `Without a code, the price is ${price}. Nothing was debited. Confirm again if you agree.`,
    withoutItChosen: 'Nothing was debited. Without a code, you pay the amount that you choose.',
    changed: 'The discount has just changed. Check the price, then confirm again.',
  },
  form: {
    name: 'Your name',
    phone: 'Your phone number',
    phoneHint: 'So that your order can be found again.',
    phoneExample: (place, number) => `Example (${place}): ${number}`,
    country: 'Country of the phone',
    otherCountry: 'Another country (type the number with +)',
    email: 'Your e-mail (optional)',
    means: 'How will you pay?',
    meansLater: 'I will choose later',
    amount: 'The amount that you choose',
    amountHint: ({ smallest, step, orNothing }) =>
      `${orNothing ? 'Write 0 to pay nothing, or ' : ''}${smallest} or more${step > 1 ? `, in multiples of ${step}` : ''}.`,
    terms: 'terms of sale',
    pay: (price) => `Pay ${price}`,
    payChosen: 'Pay this amount',
    getFree: 'Get it free',
    errors: {
      summary: 'Something needs correcting. Nothing was debited.',
      name: 'Enter your name (100 characters at most).',
      phone: {
        empty: 'Enter the phone number, in digits.',
        two: 'There are two numbers here, or too much text. Keep one number.',
        plus: 'Begin with + and the country code. Example: +33 6 12 34 56 78',
        prefix: 'No country has the code after the +. Check it.',
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
      email: 'This e-mail address does not look valid. Correct it or leave it empty.',
      amount: (rule) => `This amount is not possible. Write it without dots or commas. ${rule}`,
      amountTooHigh: (largest) => `CinetPay accepts ${largest} at most. Choose a smaller amount.`,
      discount: 'The discount has changed. Check the new price, then confirm again.',
      price: (price) => `The price has changed: it is now ${price}. Confirm again if you agree.`,
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
      link: 'Order page',
      find: 'To find the book again',
      how: 'Keep this file. To find your book on another phone, open the page of the order, or give your number and the code at the address above.',
      keep: 'Save my order',
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
      owed: (sum) => `You paid once too many. The shop has been told: it owes you ${sum}.`,
      perhaps: (sum) =>
        `CinetPay accepted a payment of ${sum}, and the shop had already recorded your order as paid. It has been told, and is checking whether it owes you this sum.`,
      back: (sum, day) => `Overpaid and refunded on ${day}: ${sum}.`,
      claim: 'I was debited twice',
    },
    pending: {
      title: 'We are waiting for the confirmation.',
      text: 'If you confirmed on your phone, do not pay a second time: it can take a few minutes. This page updates by itself.',
      done: 'Already confirmed on your phone? The confirmation can take a few minutes. This page updates by itself.',
      continue: 'Continue to the payment page',
      lost: 'Lost the payment page?',
      retryText: 'We first check that nothing was paid.',
      help: 'What happens on my phone?',
      helpOthers: 'With another operator',
      waiting: {
        pay: {
          happens: 'CinetPay is waiting for you to pay.',
          todo: 'Continue to the payment page, choose your operator and follow the steps.',
        },
        validate: {
          happens: 'Your operator is waiting for your approval.',
          todo: 'Check your phone: a request has arrived. Type your secret code to accept. Nothing shows? Open your operator’s menu and look for pending payments.',
        },
        code: {
          happens: 'CinetPay is waiting for the one-time code.',
          todo: 'Dial the number shown on the payment page, read the code you receive, then type it on that page.',
        },
        bank: {
          happens: 'Your bank is waiting for your approval.',
          todo: 'Accept in your bank’s app, or type the code received by SMS.',
        },
        operator: {
          happens: 'Your operator is having trouble right now.',
          todo: 'Do not pay a second time: we keep checking. If nothing is debited within an hour, try with another operator.',
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
      unseen: 'No answer: the network may be down. We will check again.',
    },
    opening: {
      title: 'We are opening the payment page…',
      text: 'This page updates by itself in a few seconds.',
    },
    notOpened: {
      title: 'The payment page could not be opened.',
      text: 'CinetPay did not confirm it, and nothing was asked of your phone. Your order is saved, and we keep asking CinetPay. You can try again.',
      again:
        'CinetPay did not confirm this new attempt, and nothing was asked of your phone. If an earlier attempt was debited, say so here: the book opens as soon as CinetPay confirms it.',
    },
    away: {
      title: 'CinetPay does not answer right now.',
      text: 'Nothing was debited: the payment page did not open. Your order is saved, and we keep asking CinetPay. Try again in a few minutes, or come back to this page later.',
      again:
        'This attempt debited nothing: the payment page did not open. If an earlier attempt was debited, say so here: the book opens as soon as CinetPay confirms it.',
    },
    silent: {
      title: 'CinetPay does not answer right now.',
      text: 'If you confirmed on your phone, do not pay a second time: we keep checking, and the book opens here as soon as CinetPay confirms. If you confirmed nothing, nothing was debited.',
    },
    denied: {
      title: 'The shop cannot take payments just now.',
      text: 'Nothing was debited. This is not your fault, and the shop has been told. Your order is saved: come back to this page later to pay.',
      again:
        'This attempt debited nothing. This is not your fault, and the shop has been told. If an earlier attempt was debited, the book opens here as soon as CinetPay confirms; if not, come back later to pay.',
    },
    failed: {
      title: 'The payment did not go through.',
      why: {
        balance: 'The balance of your account is too low.',
        code: 'The code entered was not the right one.',
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
          'Try again, ask for a new code, and type it right away: it only lasts a few minutes.',
        cancelled: 'If you did not mean to, try again.',
        limit:
          'Try again tomorrow, or with another operator. Your operator’s customer service can tell you the limit.',
        number: 'Try again with a number that has an active mobile money account.',
        blocked: 'Try again with another number, or ask your operator why this one is blocked.',
        expired: 'Try again, and confirm on your phone within a few minutes.',
        other: 'Try again in a few minutes, or with another operator.',
      },
      text: 'If your account was debited all the same, wait a few minutes: the book will open here by itself. If not, you can try again.',
    },
    expired: {
      title: 'This order was not paid in time.',
      text: 'You can pay it now. Was your account already debited? Say so here: the book opens as soon as CinetPay confirms it.',
    },
    review: {
      title: 'A person has to check your payment.',
      text: 'The amount received does not match the order. Keep this page, give the order’s code to the shop, and do not pay a second time.',
    },
    returned: {
      title: 'This payment was set aside.',
      text: 'Its amount did not match the order, and the shop has dealt with it. You can pay the order now.',
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
      text: (shop) => `This page of ${shop} is for the person who ordered.`,
      open: 'Open my order',
    },
    digits: {
      title: 'Is this you?',
      text: 'This link has already been opened on several devices. To protect your book, enter the last four digits of the phone given when buying. We will not ask again on this device.',
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
        `Your code is ${code}. CinetPay confirmed an amount that does not match the order: a person checks it, then gives you the book or the money back. Do not pay a second time.`,
      closed: (at, code) =>
        `The shop has looked into your report of ${at}: CinetPay confirms no payment. If the money has not come back to your phone, write to the shop: your code is ${code}.`,
      twice: (code) =>
        `Your code is ${code}. The shop checks what was debited, and refunds what was overpaid.`,
      whatsapp: 'Write to the shop on WhatsApp',
      message: (code) => `Hello, I was debited for order ${code} and do not have the book yet.`,
      messageTwice: (code) => `Hello, I was debited twice for order ${code}.`,
    },
    retry: (price) => `Try paying ${price} again`,
    back: 'Back to the book',
    backToOrder: 'Back to the order',
    demonstrationOver: {
      title: 'This order was a trial.',
      text: 'It was made while the shop was on trial: no money moved, and the book is no longer available.',
    },
  },
  file: {
    light: 'Light edition',
    lightText: 'The same book, smaller: less data, and less waiting.',
    lightToo: (weight) => `Light edition included: ${weight}`,
    resume: {
      go: 'Resume the download',
      text: (percent) =>
        `A download has started (${percent}% sent). If it has stopped, open the downloads of your phone and touch “Resume”: it continues where it stopped. Otherwise touch this button.`,
    },
    damaged: {
      title: 'Your book is being repaired.',
      text: [
        'The file that the shop keeps is damaged. We do not want to give you a damaged book.',
        'The shop can see this and has to replace it. Your purchase is still yours: there is nothing more to pay.',
        'Come back to the page of your order in a few hours. The book will be there as soon as it is repaired.',
      ],
      short: 'This file is being repaired. Your purchase is still yours: come back in a few hours.',
    },
    limit: {
      title: 'Is this you?',
      text: 'This book has been fully downloaded many times with this link. To continue, enter the last digits of the number given when buying.',
      label: 'The last 4 digits of your phone number',
      hint: 'The number given when buying. Example: 34 56',
      go: 'Continue',
      faults: {
        'not-these': 'These are not the last digits of the order’s number. Check them.',
        'too-many':
          'Too many tries. Wait an hour, or use “Find my books”, with your phone and the order code.',
      },
      short: 'This file was downloaded many times: we will ask for the last digits of your number.',
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
    400: ['Request not understood', 'Go back to the previous page and try again.'],
    403: [
      'Not allowed',
      'This page or action is not allowed from here. Go back, or sign in again.',
    ],
    404: ['Page not found', 'The address does not exist, or the book is no longer for sale.'],
    405: ['Not possible here', 'Go back to the previous page and try again.'],
    410: [
      'This book is no longer on sale',
      'The shop has taken it off. Did you buy it? It is still yours: find it with your number and the code of your order.',
    ],
    413: ['Too long', 'What was sent is too long. Shorten it and try again.'],
    414: ['Address too long', 'The address of this page is too long.'],
    429: [
      'One moment, please',
      'Too many payments were just started for this order. Wait ten minutes and try again. Your order is saved.',
    ],
    500: ['An error on our side', 'Nothing is lost. Try again in a moment.'],
    503: [
      'The shop will be right back',
      'A part of the shop does not answer. Nothing is lost: try again in a minute.',
    ],
    507: [
      'The file could not be saved',
      'The place where the shop keeps its files is full, or can no longer be written to. Nothing that was there is lost. Free some space at the host, or let the shop write to the folder (or the bucket) again: the desk’s check-up says what is missing.',
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
