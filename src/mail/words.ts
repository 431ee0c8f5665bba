/** What the seller is told by mail, when a payment or a buyer needs a person. */
export const alertWords = {
  review: {
    subject: (code: string) => `À vérifier : commande ${code}, montant différent`,
    text: (code: string, amount: string) =>
      `CinetPay a accepté un paiement pour la commande ${code}, mais le montant ou la monnaie n’est pas ce qui était demandé (${amount}). Le livre n’a pas été donné.\n\nOuvrez la commande pour décider : accepter à la main, ou rembourser.`,
  },
  double: {
    subject: (code: string) => `À rembourser : commande ${code} payée deux fois`,
    text: (code: string, amount: string) =>
      `La commande ${code} (${amount}) était déjà payée ou fermée, et CinetPay vient d’accepter un autre paiement pour elle. L’acheteur a été débité une fois de trop.\n\nOuvrez la commande pour le rembourser.`,
  },
  case: {
    subject: (code: string) => `« J’ai été débité » : commande ${code}`,
    text: (code: string, amount: string) =>
      `L’acheteur de la commande ${code} (${amount}) dit qu’il a été débité, et CinetPay ne le confirme pas pour l’instant. La boutique continue à vérifier toute seule.\n\nOuvrez la commande : le dossier à envoyer à CinetPay y est prêt.`,
  },
}

/** Of a case whose buyer gave a phone, and no order of it was found. */
export const caseWithoutOrder: (typeof alertWords)['case'] = {
  subject: () => '« J’ai été débité » : aucune commande trouvée',
  text: () =>
    'Une personne dit qu’elle a été débitée, et la boutique ne trouve pas de commande avec son numéro.\n\nOuvrez la liste « À voir » : ce qu’elle a écrit y est.',
}
