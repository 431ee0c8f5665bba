import { meansOf } from '../money/means.ts'
import type { Settings } from '../config/settings.ts'
import { dictionary } from './languages.ts'
import type { Language } from './languages.ts'

/**
 * The messages that the seller may put in words of their own: the e-mail and the WhatsApp message
 * of a paid order, the reminder of an unpaid one, and what happens on the phone, by operator. A text left empty in the settings is
 * one of these.
 */
const fr = {
  emailSubject: 'Votre livre : {livre}',
  emailBody: `Bonjour {nom},

Merci pour votre achat. Votre livre « {livre} » vous attend sur la page de votre commande :
{lien}

Gardez ce lien : il rouvre votre livre quand vous voulez. Le code de votre commande est {code}.

Bonne lecture !`,
  whatsapp: `Bonjour {nom}, voici votre livre « {livre} » : {lien}
Commande {code}. Gardez ce lien, il rouvre votre livre quand vous voulez. Bonne lecture !`,
  reminder: `Bonjour {nom}, vous vouliez lire « {livre} », mais le paiement n’est pas arrivé au bout. Votre commande vous attend ici : {lien}
Un souci, une question ? Répondez-moi, je vous aide.`,
  orange:
    'La page de paiement peut demander un code à usage unique. Composez le numéro qu’elle indique, lisez le code reçu, puis tapez-le dans la page.',
  wave: 'L’application Wave s’ouvre, ou un code à scanner s’affiche. Vérifiez le montant, puis confirmez dans l’application.',
  mtn: 'Une demande arrive sur votre téléphone. Tapez votre code secret MoMo pour accepter. Rien ne vient ? Ouvrez le menu MoMo et cherchez les paiements en attente.',
  moov: 'Une demande arrive sur votre téléphone. Tapez votre code secret Moov Money pour accepter. Rien ne vient ? Rallumez l’écran et attendez une minute.',
}

export type Message = keyof typeof fr

const en: Record<Message, string> = {
  emailSubject: 'Your book: {livre}',
  emailBody: `Hello {nom},

Thank you for your purchase. Your book “{livre}” is waiting on the page of your order:
{lien}

Keep this link: it opens your book whenever you want. Your order code is {code}.

Enjoy your reading!`,
  whatsapp: `Hello {nom}, here is your book “{livre}”: {lien}
Order {code}. Keep this link, it opens your book whenever you want. Enjoy your reading!`,
  reminder: `Hello {nom}, you wanted to read “{livre}”, but the payment did not go through. Your order is waiting for you here: {lien}
A problem, a question? Answer me, I will help you.`,
  orange:
    'The payment page may ask for a one-time code. Dial the number that it shows, read the code you receive, then type it on the page.',
  wave: 'The Wave app opens, or a code to scan appears. Check the amount, then confirm in the app.',
  mtn: 'A request arrives on your phone. Type your secret MoMo code to accept. Nothing comes? Open the MoMo menu and look for pending payments.',
  moov: 'A request arrives on your phone. Type your secret Moov Money code to accept. Nothing comes? Wake the screen and wait a minute.',
}

const originals = dictionary<Record<Message, string>>({ fr, en })

export const originalText = (message: Message, language: Language) => originals(language)[message]

/** Whether a text is the shop's own, unchanged by the seller. */
export const isOriginal = (message: Message, text: string) =>
  text === '' || text === fr[message] || text === en[message]

/** The seller's text, or the shop's own in that language. */
export const messageText = (texts: Settings['texts'], message: Message, language: Language) =>
  texts[message] || originalText(message, language)

export const OPERATORS = {
  orange: 'Orange Money',
  wave: 'Wave',
  mtn: 'MTN MoMo',
  moov: 'Moov Money',
}
export type OperatorName = keyof typeof OPERATORS

/** The operator whose help fits, from a provider's word for it or the buyer's answer. */
export function helpOperator(word: string): OperatorName | undefined {
  const means = meansOf(word)
  return (Object.keys(OPERATORS) as OperatorName[]).find((name) => name === means)
}

const PLACEHOLDERS = ['nom', 'livre', 'code', 'lien'] as const
type Filling = Record<(typeof PLACEHOLDERS)[number], string>

/** Fills in all values at once: a buyer named “{lien}” stays unchanged. */
export function fillIn(text: string, values: Filling): string {
  return text.replace(/\{(nom|livre|code|lien)\}/g, (_, name: keyof Filling) => values[name])
}

/** Placeholders that do not exist, such as {prix}. */
export function unknownPlaceholders(text: string): string[] {
  const known = new Set<string>(PLACEHOLDERS.map((name) => `{${name}}`))
  return [...new Set(text.match(/\{[^{}\s]{1,30}\}/g))].filter((name) => !known.has(name))
}

/** What happens on the phone with one operator, in the seller's words or the shop's own. */
export type OperatorHelp = { name: string; text: string }

export const operatorHelp = (texts: Settings['texts'], language: Language): OperatorHelp[] =>
  (Object.keys(OPERATORS) as OperatorName[]).map((operator) => ({
    name: OPERATORS[operator],
    text: messageText(texts, operator, language),
  }))
