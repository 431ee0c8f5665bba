import type { Settings } from '../../config/settings.ts'
import { dictionary } from '../../words/words.ts'
import { dataProtection } from './laws.ts'

type LegalFacts = Pick<
  Settings['legal'],
  'seller' | 'address' | 'phone' | 'email' | 'registration' | 'host'
> & {
  shopName: string
  /** ISO 3166 alpha-2. */
  country: string
  unpaidDays: number
  site: string
}

export type LegalText = { title: string; sections: LegalSection[] }
type LegalSection = { heading: string; paragraphs: string[] }
type LegalTexts = Record<'notice' | 'terms' | 'privacy', (facts: LegalFacts) => LegalText>

/** One line for each value that was given; missing ones are not mentioned. */
const lines = (...given: (string | false)[]) => given.filter(Boolean).join('\n')
const one = (...given: (string | false)[]) => given.filter((text): text is string => !!text)

const isReachable = ({ email, phone, address }: LegalFacts) => !!(email || phone || address)

const fr: LegalTexts = {
  notice: (facts) => ({
    title: 'Mentions légales',
    sections: [
      {
        heading: 'Qui vend',
        paragraphs: one(
          lines(
            facts.seller || facts.shopName,
            facts.address,
            facts.registration && `Immatriculation : ${facts.registration}`,
          ),
          lines(
            facts.phone && `Téléphone : ${facts.phone}`,
            facts.email && `E-mail : ${facts.email}`,
          ),
          `« ${facts.shopName} » vend des livres numériques à l’adresse ${facts.site}. ${
            facts.seller || facts.shopName
          } est responsable de ce qui y est publié.`,
        ),
      },
      {
        heading: 'Qui héberge',
        paragraphs: [facts.host || 'Le vendeur communique le nom de l’hébergeur sur demande.'],
      },
      {
        heading: 'Qui encaisse',
        paragraphs: [
          'Les paiements passent par CinetPay et par votre opérateur de téléphone ou votre banque. La boutique ne voit ni votre code secret, ni le numéro de votre carte.',
        ],
      },
      {
        heading: 'Droits sur les livres',
        paragraphs: [
          'Les livres, leurs textes et leurs couvertures appartiennent à leurs auteurs. Les acheter donne le droit de les lire, mais pas de les revendre ni de les diffuser.',
        ],
      },
    ],
  }),
  terms: (facts) => ({
    title: 'Conditions de vente',
    sections: [
      {
        heading: 'Ce qui est vendu',
        paragraphs: [
          `${facts.seller || facts.shopName} vend des livres numériques (PDF, EPUB, MP3 ou M4A), à télécharger. Rien n’est envoyé par la poste. La page de chaque livre indique son format, sa taille et son prix.`,
          'Le livre acheté est pour votre usage personnel, sur tous vos appareils.',
        ],
      },
      {
        heading: 'Le prix et le paiement',
        paragraphs: [
          'Le prix affiché est celui que vous payez à la boutique. Votre opérateur peut prendre des frais en plus : il les annonce avant que vous validiez.',
          'Vous payez par Mobile Money ou par carte, sur la page de CinetPay. Votre compte n’est débité qu’après votre accord sur votre téléphone.',
        ],
      },
      {
        heading: 'La livraison',
        paragraphs: [
          'Dès que CinetPay confirme le paiement, le livre s’ouvre sur la page de votre commande. Gardez le lien de cette page : il permet de télécharger le livre à nouveau.',
          'Il arrive que la confirmation prenne du temps. Si votre compte est débité et que le livre ne vient pas, écrivez à la boutique avec le code de votre commande : ne payez pas une seconde fois.',
        ],
      },
      {
        heading: 'Changer d’avis',
        paragraphs: [
          'Un livre numérique se reçoit aussitôt. En validant l’achat, vous demandez à l’avoir tout de suite et vous acceptez de ne plus pouvoir le rendre une fois qu’il est téléchargé.',
          'Tant que vous ne l’avez pas téléchargé, vous pouvez demander l’annulation et le remboursement.',
        ],
      },
      {
        heading: 'Les remboursements',
        paragraphs: [
          'Sont remboursés : un livre payé deux fois, un livre payé et jamais livré, un fichier qui ne s’ouvre pas et que nous n’arrivons pas à réparer.',
          'Le remboursement se fait sur le compte qui a payé. Après un remboursement, le livre n’est plus accessible par la page de la commande, sauf si c’est un second paiement qui vous est rendu : vous gardez alors le livre.',
        ],
      },
      {
        heading: 'Un problème',
        paragraphs: one(
          'Donnez toujours le code de votre commande : il suffit pour la retrouver.',
          lines(
            facts.phone && `Téléphone : ${facts.phone}`,
            facts.email && `E-mail : ${facts.email}`,
          ),
          'Ces conditions n’enlèvent aucun des droits que la loi de votre pays vous donne.',
        ),
      },
    ],
  }),
  privacy: (facts) => {
    const { laws, authority } = dataProtection(facts.country).fr
    return {
      title: 'Confidentialité',
      sections: [
        {
          heading: 'Ce que nous gardons',
          paragraphs: [
            'Ce que vous tapez pour commander : votre nom, votre numéro de téléphone et, si vous les donnez, votre e-mail et ce avec quoi vous payez.',
            'Ce que devient la commande : le livre, le prix, les dates, le numéro de transaction, le nom de l’opérateur et sa référence s’ils nous sont dits, et les notes que la boutique écrit pour vous aider.',
            'Nous ne gardons ni votre code secret, ni le numéro de votre carte. Votre visite n’est pas suivie. La page d’une commande payée, et celle qui la retrouve, déposent un seul cookie, sans nom ni numéro : il reconnaît votre appareil, pour qu’un lien qui circule n’ouvre pas votre livre à tous, et pour vous montrer les livres déjà ouverts ici.',
            'Si vous nous dites avoir été débité : le montant, l’opérateur, la référence, le numéro et ce que vous écrivez, effacés un an après.',
            'Si votre commande reste sans paiement, la boutique peut vous le rappeler par WhatsApp, et note quand. « Ne plus m’écrire », au bas de la page de la commande, arrête ces rappels. Ce souhait est gardé, même après un effacement, par une empreinte qui ne dit pas votre numéro.',
          ],
        },
        {
          heading: 'Pourquoi',
          paragraphs: [
            'Pour vous livrer le livre, le retrouver si vous perdez le lien, répondre à vos questions, vous rembourser s’il le faut, et tenir les comptes que la loi demande.',
            'Rien n’est vendu ni donné à des fins de publicité.',
          ],
        },
        {
          heading: 'Qui voit ces données',
          paragraphs: [
            `${facts.seller || facts.shopName} et les personnes qui l’aident à tenir la boutique${
              facts.host ? ` ; ${facts.host}, qui héberge le site` : ' ; l’hébergeur du site'
            } ; CinetPay et votre opérateur, qui traitent le paiement selon leurs propres règles.`,
          ],
        },
        {
          heading: 'Combien de temps',
          paragraphs: [
            facts.unpaidDays > 0
              ? `Commande jamais payée : votre nom, votre numéro et votre e-mail sont effacés au bout de ${facts.unpaidDays} jours environ.`
              : 'Commande jamais payée : elle est effacée si vous le demandez.',
            'Commande payée : aussi longtemps que la loi demande de garder les comptes. Si vous demandez l’effacement, seuls restent les montants, les dates et les numéros de transaction, sans rien qui permette de vous reconnaître.',
            'Les sauvegardes de la boutique gardent ce qui est effacé encore quatre semaines au plus, puis disparaissent. Si l’une d’elles doit servir, ce qui était effacé l’est de nouveau.',
          ],
        },
        {
          heading: 'Vos droits',
          paragraphs: one(
            'Vous pouvez demander à voir ce que nous avons sur vous, à en recevoir une copie, à le corriger ou à le faire effacer. Effacer ferme aussi les pages de vos commandes : téléchargez d’abord vos livres.',
            lines(
              isReachable(facts)
                ? 'Écrivez-nous, avec le code de votre commande ou votre numéro :'
                : 'Demandez-le à la boutique, avec le code de votre commande ou votre numéro.',
              facts.email && `E-mail : ${facts.email}`,
              facts.phone && `Téléphone : ${facts.phone}`,
              facts.address && `Adresse : ${facts.address.replace(/\s+/g, ' ')}`,
            ),
            laws.length > 0
              ? `Ces droits viennent de : ${laws.join(' ; ')}.`
              : 'Ces droits viennent de la loi de votre pays sur les données personnelles.',
            authority
              ? `Si notre réponse ne vous convient pas, vous pouvez vous adresser à ${authority}.`
              : 'Si notre réponse ne vous convient pas, vous pouvez vous adresser à l’autorité de votre pays qui protège les données personnelles.',
          ),
        },
      ],
    }
  },
}

const en: LegalTexts = {
  notice: (facts) => ({
    title: 'Legal notice',
    sections: [
      {
        heading: 'Who sells',
        paragraphs: one(
          lines(
            facts.seller || facts.shopName,
            facts.address,
            facts.registration && `Registration: ${facts.registration}`,
          ),
          lines(facts.phone && `Phone: ${facts.phone}`, facts.email && `E-mail: ${facts.email}`),
          `“${facts.shopName}” sells e-books at ${facts.site}. ${
            facts.seller || facts.shopName
          } is responsible for what is published there.`,
        ),
      },
      {
        heading: 'Who hosts',
        paragraphs: [facts.host || 'The seller gives the name of the host on request.'],
      },
      {
        heading: 'Who handles payment',
        paragraphs: [
          'Payments go through CinetPay and your phone operator or bank. The shop sees neither your secret code nor the number of your card.',
        ],
      },
      {
        heading: 'Rights in the books',
        paragraphs: [
          'The books, their texts and covers belong to their authors. Buying them gives the right to read them, but not to resell or distribute them.',
        ],
      },
    ],
  }),
  terms: (facts) => ({
    title: 'Terms of sale',
    sections: [
      {
        heading: 'What is sold',
        paragraphs: [
          `${facts.seller || facts.shopName} sells e-books (PDF, EPUB, MP3 or M4A), to be downloaded. Nothing is sent by post. Each book’s page gives its format, size and price.`,
          'The book you buy is for your own use, on all your devices.',
        ],
      },
      {
        heading: 'Price and payment',
        paragraphs: [
          'The price shown is what you pay to the shop. Your operator may charge a fee on top: it tells you before you confirm.',
          'You pay by mobile money or by card, on CinetPay’s page. Your account is debited only after you agree on your phone.',
        ],
      },
      {
        heading: 'Delivery',
        paragraphs: [
          'As soon as CinetPay confirms the payment, the book opens on the page of your order. Keep the link of that page: with it you can download the book again.',
          'Sometimes the confirmation takes time. If your account is debited and the book does not come, write to the shop with the code of your order: do not pay a second time.',
        ],
      },
      {
        heading: 'Changing your mind',
        paragraphs: [
          'An e-book is received at once. By confirming the purchase you ask to have it immediately, and you accept that it can no longer be returned once it is downloaded.',
          'As long as you have not downloaded it, you can ask for the order to be cancelled and refunded.',
        ],
      },
      {
        heading: 'Refunds',
        paragraphs: [
          'Refunded are: a book paid twice, a book paid and never delivered, a file that does not open and that we cannot repair.',
          'The refund goes to the account that paid. After a refund the book can no longer be reached through the page of the order, unless it was a second payment that you got back: you then keep the book.',
        ],
      },
      {
        heading: 'A problem',
        paragraphs: one(
          'Always give the code of your order: it is enough to find it.',
          lines(facts.phone && `Phone: ${facts.phone}`, facts.email && `E-mail: ${facts.email}`),
          'These terms take away none of the rights that the law of your country gives you.',
        ),
      },
    ],
  }),
  privacy: (facts) => {
    const { laws, authority } = dataProtection(facts.country).en
    return {
      title: 'Privacy',
      sections: [
        {
          heading: 'What we keep',
          paragraphs: [
            'What you type to order: your name, your phone number and, if you give them, your e-mail and what you pay with.',
            'What becomes of the order: the book, the price, the dates, the transaction number, the operator’s name and reference if we are told them, and the notes that the shop writes to help you.',
            'We keep neither your secret code nor the number of your card. Your visit is not tracked. The page of a paid order, and the one that finds it again, set one cookie, without name or number: it recognises your device, so that a link that gets around does not open your book to everybody, and to show you the books already opened here.',
            'If you tell us that you were debited: the amount, the operator, the reference, the number and what you write, erased a year later.',
            'If your order stays unpaid, the shop may remind you by WhatsApp, and notes when. “Do not write to me”, at the foot of the order’s page, ends these reminders. That wish is kept, even after an erasure, as a mark that does not tell your number.',
          ],
        },
        {
          heading: 'Why',
          paragraphs: [
            'To deliver the book, to find it again if you lose the link, to answer your questions, to refund you if need be, and to keep the accounts that the law asks for.',
            'Nothing is sold or given away for advertising.',
          ],
        },
        {
          heading: 'Who sees it',
          paragraphs: [
            `${facts.seller || facts.shopName} and the people who help to keep the shop; ${
              facts.host ? `${facts.host}, which hosts the site` : 'the host of the site'
            }; CinetPay and your operator, which handle the payment by their own rules.`,
          ],
        },
        {
          heading: 'How long',
          paragraphs: [
            facts.unpaidDays > 0
              ? `An order that was never paid: your name, number and e-mail are erased after about ${facts.unpaidDays} days.`
              : 'An order that was never paid: it is erased if you ask.',
            'An order that was paid: as long as the law asks for accounts to be kept. If you ask to be erased, only the amounts, dates and transaction numbers stay, with nothing that identifies you.',
            'The shop’s backups hold what was erased for four weeks more at most, and then go. Should one be needed, what was erased is erased again.',
          ],
        },
        {
          heading: 'Your rights',
          paragraphs: one(
            'You can ask to see what we hold about you, to receive a copy, to have it corrected or erased. Erasing also closes the pages of your orders: download your books first.',
            lines(
              isReachable(facts)
                ? 'Write to us, with the code of your order or your number:'
                : 'Ask the shop, with the code of your order or your number.',
              facts.email && `E-mail: ${facts.email}`,
              facts.phone && `Phone: ${facts.phone}`,
              facts.address && `Address: ${facts.address.replace(/\s+/g, ' ')}`,
            ),
            laws.length > 0
              ? `These rights come from: ${laws.join('; ')}.`
              : 'These rights come from the law of your country on personal data.',
            authority
              ? `If our answer does not satisfy you, you can turn to ${authority}.`
              : 'If our answer does not satisfy you, you can turn to the authority of your country that protects personal data.',
          ),
        },
      ],
    }
  },
}

export const legalTexts = dictionary<LegalTexts>({ fr, en })
