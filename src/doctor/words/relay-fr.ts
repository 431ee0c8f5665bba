/** What is seen of the way to CinetPay that a host without a fixed address takes. */
export const relay = {
  relay: {
    names: { relay: 'Relais vers CinetPay', address: 'Adresse que CinetPay voit' },
    well: 'Il répond, il connaît le secret de la boutique, et il refuse le reste.',
    none: {
      says: 'La boutique est sur Cloudflare Workers, sans adresse fixe : CinetPay refuse ses appels.',
      deed: 'Installez le relais, puis réglez CINETPAY_RELAY_URL et CINETPAY_RELAY_SECRET. Voyez le guide « Le relais vers CinetPay ».',
    },
    unreachable: (reason: string) => ({
      says: `Il ne répond pas (${reason}).`,
      deed: 'Ouvrez son adresse dans un navigateur, puis vérifiez son https et CINETPAY_RELAY_URL.',
    }),
    stranger: (status: number) => ({
      says: `Une autre page répond à son adresse (${status}).`,
      deed: 'Vérifiez CINETPAY_RELAY_URL, et qu’aucun pare-feu (cPanel : « ModSecurity ») ne répond à la place du relais.',
    }),
    wrongSecret: {
      says: 'Il ne connaît pas le secret de la boutique.',
      deed: 'Mettez le même secret des deux côtés : CINETPAY_RELAY_SECRET ici, relay-config.php ou RELAY_SECRET au relais.',
    },
    cannotReach: (word: string) => ({
      says: `Il est en marche, et CinetPay est hors de sa portée (${word}).`,
      deed: 'Demandez à l’hébergeur du relais d’ouvrir les appels vers api.cinetpay.co et api.cinetpay.net, port 443.',
    }),
    broken: (word: string) => ({
      says: `Il ne peut pas travailler (${word}).`,
      deed: 'Ouvrez son adresse dans un navigateur : elle dit ce qui manque.',
    }),
    open: {
      says: 'Il passe aussi ce qu’il doit refuser : n’importe qui pourrait s’en servir.',
      deed: 'Remplacez son fichier par celui de cette version de la boutique, puis changez le secret.',
    },
    address: (address: string) =>
      `Probablement ${address} : c’est l’adresse à entrer dans le panneau de CinetPay (« API et sécurité »).`,
    addressUnseen: {
      says: 'Elle ne se voit pas d’ici.',
      deed: 'Demandez à l’hébergeur du relais l’adresse IPv4 d’où partent ses appels, et entrez-la dans le panneau de CinetPay.',
    },
  },
}
