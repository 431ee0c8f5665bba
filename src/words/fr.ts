import type { RefusalReason } from '../payment/provider.ts'

/** French, the original. Plain words; the buyer is addressed politely. */
export const fr = {
  shop: 'Kiosque',
  tagline: 'Des livres numériques, payés avec le téléphone.',
  skip: 'Aller au contenu',
  home: 'Tous les livres',
  demonstration:
    'Démonstration : aucun argent ne circule. Les paiements passent par un simulateur.',
  footer: 'Paiement par CinetPay : Orange Money, Wave, MTN, Moov.',
  catalog: {
    title: 'Nos livres',
    empty: 'Aucun livre pour l’instant. Revenez bientôt !',
  },
  book: {
    by: (author: string) => `de ${author}`,
    cover: (title: string) => `Couverture de « ${title} »`,
    pages: (count: number) => `${count} page${count > 1 ? 's' : ''}`,
    buy: 'Acheter',
    buyTitle: 'Acheter ce livre',
    notPayable: 'Ce livre n’est pas en vente pour l’instant.',
    afterTitle: 'Comment ça se passe',
    after: [
      'Vous payez avec votre téléphone, sur la page de CinetPay.',
      'Dès que le paiement est confirmé, le livre s’ouvre sur la page de votre commande.',
      'Gardez le lien de cette page : il reste à vous, sans compte ni e\u2011mail.',
    ],
  },
  form: {
    name: 'Votre nom',
    phone: 'Votre téléphone',
    phoneHint: 'Pour retrouver votre commande. Exemple : 76 12 34 56',
    country: 'Pays du téléphone',
    otherCountry: 'Autre pays (tapez le numéro avec +)',
    email: 'Votre e-mail (facultatif)',
    pay: (price: string) => `Payer ${price}`,
    errors: {
      summary: 'Il reste quelque chose à corriger. Rien n’a été débité.',
      name: 'Écrivez votre nom (100 lettres au plus).',
      phone: 'Ce numéro ne semble pas complet. Vérifiez les chiffres et le pays.',
      country: 'Choisissez un pays de la liste.',
      email: 'Cette adresse e-mail ne semble pas juste. Corrigez-la ou laissez vide.',
      price: (price: string) =>
        `Le prix a changé : il est maintenant de ${price}. Validez à nouveau si vous êtes d’accord.`,
    },
  },
  order: {
    title: (code: string) => `Commande ${code}`,
    keep: 'Gardez cette page : ajoutez-la à vos favoris, ou envoyez-vous le lien. Elle donne accès à votre livre.',
    support: (code: string) => `Un problème ? Donnez ce code à la boutique : ${code}.`,
    paid: {
      title: 'Merci ! Votre livre est là.',
      text: 'Le paiement est confirmé. Téléchargez votre livre maintenant, et revenez ici quand vous voulez.',
      download: 'Télécharger le livre',
      read: 'Lire dans le navigateur',
    },
    pending: {
      title: 'Nous attendons la confirmation.',
      text: 'Si vous avez validé sur votre téléphone, ne payez pas une seconde fois : la confirmation peut prendre quelques minutes. Cette page se met à jour toute seule.',
      continue: 'Continuer vers la page de paiement',
      retryText: 'La page de paiement est perdue ? Nous vérifions d’abord que rien n’a été payé.',
    },
    opening: {
      title: 'Nous ouvrons la page de paiement…',
      text: 'Cette page se met à jour toute seule dans quelques secondes.',
    },
    notOpened: {
      title: 'La page de paiement n’a pas pu s’ouvrir.',
      text: 'CinetPay n’a pas répondu. Votre commande est gardée et rien n’a été demandé à votre téléphone. Vous pouvez essayer de nouveau.',
    },
    failed: {
      title: 'Le paiement n’a pas abouti.',
      why: {
        balance: 'Le solde de votre compte n’est pas suffisant.',
        code: 'Le code saisi n’était pas le bon.',
        cancelled: 'Le paiement a été annulé.',
        limit: 'Votre opérateur a fixé une limite que ce paiement dépasse.',
        number: 'Votre opérateur ne reconnaît pas ce numéro.',
        expired: 'Le temps prévu pour payer est passé.',
        other: 'CinetPay n’a pas accepté ce paiement.',
      } satisfies Record<RefusalReason, string> as Record<RefusalReason, string>,
      text: 'Si votre compte a été débité malgré tout, attendez quelques minutes : le livre s’ouvrira ici tout seul. Sinon, vous pouvez essayer de nouveau.',
    },
    expired: {
      title: 'Cette commande n’a pas été payée à temps.',
      text: 'Vous pouvez la payer maintenant. Si votre compte a déjà été débité, ne payez pas : le livre s’ouvrira ici dès que CinetPay le confirme.',
    },
    review: {
      title: 'Votre paiement doit être vérifié par une personne.',
      text: 'Le montant reçu n’est pas celui de la commande. Gardez cette page, donnez le code de la commande à la boutique, et ne payez pas une seconde fois.',
    },
    refunded: {
      title: 'Cette commande a été remboursée.',
      text: 'Le livre n’est plus accessible par cette page.',
    },
    revoked: {
      title: 'L’accès à ce livre a été fermé.',
      text: 'Si c’est une erreur, donnez le code de la commande à la boutique.',
    },
    retry: (price: string) => `Réessayer de payer ${price}`,
    back: 'Revenir au livre',
    demonstrationOver: {
      title: 'Cette commande était un essai.',
      text: 'Elle a été faite pendant un essai de la boutique : aucun argent n’a circulé, et le livre n’est plus donné.',
    },
  },
  returned: {
    title: 'Retour de paiement',
    unknown:
      'Nous ne trouvons pas cette commande. Ouvrez le lien de votre commande, ou donnez son code à la boutique.',
    pending: 'Ce paiement est en attente de confirmation.',
    paid: 'Ce paiement est confirmé. Ouvrez le lien de votre commande pour recevoir le livre.',
    failed: 'Ce paiement n’a pas abouti.',
    expired: 'Ce paiement n’a pas été fait à temps.',
    review: 'Ce paiement doit être vérifié par une personne.',
    closed: 'Cette commande est fermée.',
  },
  faults: {
    400: ['Demande incompréhensible', 'Revenez à la page précédente et essayez encore.'],
    404: ['Page introuvable', 'L’adresse n’existe pas, ou le livre n’est plus en vente.'],
    405: ['Action impossible ici', 'Revenez à la page précédente et essayez encore.'],
    413: ['Trop long', 'Le message envoyé est trop long. Raccourcissez-le et essayez encore.'],
    414: ['Adresse trop longue', 'L’adresse de cette page est trop longue.'],
    429: [
      'Un instant, s’il vous plaît',
      'Beaucoup d’achats viennent d’être commencés avec ce numéro ou depuis ce réseau. Attendez dix minutes et essayez encore. Rien n’a été débité.',
    ],
    500: ['Une erreur de notre côté', 'Rien n’est perdu. Essayez encore dans un instant.'],
    503: [
      'La boutique revient tout de suite',
      'Une partie de la boutique ne répond pas. Rien n’est perdu : essayez encore dans une minute.',
    ],
  } satisfies Record<number, [string, string]> as Record<FaultStatus, [string, string]>,
  reference: (id: string) => `Référence : ${id}`,
}

export type FaultStatus = 400 | 404 | 405 | 413 | 414 | 429 | 500 | 503
