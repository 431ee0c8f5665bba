import type { Obstacle } from '../ask.ts'

/** What is seen from the public address, at CinetPay's, and in the DNS. */
export const outside = {
  cinetpay: {
    name: 'CinetPay',
    none: 'Aucune clé : une démonstration, payée par le simulateur.',
    v2: (site: string) => `Les clés sont celles du checkout v2, pour le site ${site}.`,
    v1: 'Les clés sont celles de la nouvelle API (v1).',
    sandbox: 'Les clés sont celles du bac à sable de la nouvelle API : aucun argent ne circule.',
  },
  caller: {
    name: 'Adresse chez CinetPay',
    seen: (address: string) =>
      `CinetPay voit la boutique à l’adresse ${address} (très probablement), et lui répond.`,
    unseen: {
      says: 'L’adresse à laquelle CinetPay voit la boutique ne se lit pas d’ici.',
      deed: 'Si elle change un jour, demandez à votre hébergeur l’adresse IPv4 par laquelle vos programmes sortent.',
    },
    refused: (address: string | undefined) => ({
      says: `CinetPay refuse cette adresse (code 2011)${address ? ` : ${address}` : ''}. Aucune vente n’est possible ; les clés ne sont pas en cause.`,
      deed: address
        ? `Entrez ${address} dans le panneau de CinetPay, « API et sécurité ». Sans adresse fixe, prenez un relais (guide « Le relais »).`
        : 'Demandez à votre hébergeur l’adresse IPv4 par laquelle vos programmes sortent (cPanel : souvent « Shared IP Address »), et entrez-la dans le panneau de CinetPay, « API et sécurité ».',
    }),
  },
  keys: {
    name: 'Clés CinetPay',
    works: 'CinetPay les accepte.',
    unknown: { says: 'Elles ne peuvent pas être essayées tant que CinetPay refuse l’adresse.' },
    wrongKey: {
      says: 'CinetPay ne reconnaît pas les clés.',
      deed: 'Recopiez CINETPAY_API_KEY (et son mot de passe) depuis le panneau de CinetPay, puis redémarrez.',
    },
    wrongSite: {
      says: 'CinetPay connaît la clé d’API, mais pas le site.',
      deed: 'Recopiez CINETPAY_SITE_ID depuis le back-office, menu « Intégration ».',
    },
    unclear: (code: string) => ({
      says: `CinetPay répond « ${code} », ce qui ne dit pas s’il connaît les clés.`,
      deed: 'Recommencez dans quelques minutes ; si cela dure, demandez à CinetPay si le compte est actif.',
    }),
    unreachable: (reason: string) => ({
      says: `CinetPay est injoignable d’ici (${reason}).`,
      deed: 'Demandez à votre hébergeur s’il laisse les programmes appeler d’autres serveurs en https.',
    }),
  },
  address: {
    name: 'Adresse publique',
    well: (url: string) => `${url} mène à cette boutique.`,
    local: (url: string) => ({
      says: `Personne ne répond à ${url} en ce moment ; cette adresse n’existe que sur cette machine.`,
      deed: 'Ouvrez la boutique (npm start) pour la voir comme un visiteur.',
    }),
    unreachable: (url: string, reason: string) => ({
      says: `${url} ne répond pas (${reason}).`,
      deed: 'Vérifiez que le nom de domaine mène à ce serveur, et que l’application est démarrée.',
    }),
    stranger: (url: string, status: number) => ({
      says: `Un autre programme répond à ${url} (${status}).`,
      deed: 'Vérifiez PUBLIC_URL, et que le domaine mène à cette application.',
    }),
    blocked: (url: string, obstacle: Obstacle) => obstacleFault(url, obstacle),
  },
  ping: {
    name: 'Adresse de notification (GET)',
    well: 'Elle répond 200, et rien ne la garde en cache.',
    cached: {
      says: 'Un cache répond à la place de la boutique.',
      deed: 'Excluez /payment/ du cache (LiteSpeed Cache, Cloudflare, Varnish).',
    },
    strange: (status: number) => ({
      says: `Elle répond ${status} ; CinetPay attend 200.`,
      deed: 'Vérifiez CINETPAY_NOTIFY_URL, ou retirez ce réglage.',
    }),
    stranger: {
      says: 'Un autre programme répond à cette adresse.',
      deed: 'Vérifiez CINETPAY_NOTIFY_URL, et que le domaine mène à cette application.',
    },
    unreachable: (reason: string) => ({
      says: `Elle ne répond pas (${reason}).`,
      deed: 'Vérifiez CINETPAY_NOTIFY_URL, ou retirez ce réglage.',
    }),
    blocked: (url: string, obstacle: Obstacle) => obstacleFault(url, obstacle),
  },
  notice: {
    name: 'Adresse de notification (POST)',
    well: 'Une notification arrive entière par l’adresse publique.',
    altered: {
      says: 'La notification arrive, mais elle a été modifiée en route : sa signature n’est plus valide.',
      deed: 'Demandez à votre hébergeur d’exclure /payment/callback/ de ses filtres.',
    },
    strange: (status: number) => ({
      says: `La notification n’arrive pas à la boutique : l’adresse répond ${status}.`,
      deed: 'Vérifiez CINETPAY_NOTIFY_URL, et que rien ne répond à sa place.',
    }),
    unreachable: (reason: string) => ({
      says: `La notification n’arrive pas (${reason}).`,
      deed: 'Demandez à votre hébergeur pourquoi un POST à cette adresse est coupé.',
    }),
    blocked: (url: string, obstacle: Obstacle) => obstacleFault(url, obstacle),
  },
  ranges: {
    name: 'Téléchargements repris',
    well: 'Un téléchargement coupé reprend où il était.',
    compressed: {
      says: 'Le serveur de façade comprime les livres : un téléchargement coupé repart de zéro.',
      deed: 'Désactivez la compression (cPanel : « Optimize Website ») pour les fichiers PDF.',
    },
    etag: {
      says: 'Le serveur de façade change l’étiquette (ETag) des livres.',
      deed: 'Désactivez la compression et les modules d’optimisation pour /d/.',
    },
    length: {
      says: 'Le serveur de façade cache la taille des livres : le téléphone ne montre pas l’avancement.',
      deed: 'Désactivez les modules d’optimisation (compression, PageSpeed) pour /d/.',
    },
    ignored: (status: number) => ({
      says: `Une partie de fichier est demandée, et la réponse est ${status} au lieu de 206.`,
      deed: 'Demandez à votre hébergeur de laisser passer l’en-tête Range.',
    }),
    unfit: {
      says: 'La partie de fichier reçue n’est pas celle qui était demandée.',
      deed: 'Excluez /d/ du cache (LiteSpeed Cache, Cloudflare, Varnish).',
    },
    notModified: (status: number) => ({
      says: `Un fichier inchangé est renvoyé en entier (${status} au lieu de 304).`,
      deed: 'Demandez à votre hébergeur de laisser passer l’en-tête If-None-Match.',
    }),
    unreachable: (reason: string) => ({
      says: `L’essai de téléchargement n’a pas abouti (${reason}).`,
      deed: 'Recommencez ; si cela dure, demandez à votre hébergeur ce qui coupe les réponses.',
    }),
  },
  visitors: {
    name: 'Adresses des visiteurs',
    apart: 'Chaque visiteur est compté à part.',
    untrusted: (proxy: string) => ({
      says: `Tous les visiteurs semblent avoir une seule adresse, ${proxy}, celle du serveur placé devant la boutique : un seul visiteur malveillant peut la fermer à tous.`,
      deed: `Ajoutez ${proxy} à TRUSTED_PROXIES, puis redémarrez ; pour un CDN (Cloudflare…), mettez toutes ses plages. Voyez « Derrière un autre serveur » dans le guide « Faire tourner la boutique ».`,
    }),
    unnamed: (proxy: string) => ({
      says: `Tous les visiteurs ont une seule adresse, ${proxy} : le serveur placé devant la boutique ne dit pas qui vient.`,
      deed: `Faites-lui ajouter celui qui l’appelle à X-Forwarded-For, et réglez TRUSTED_PROXIES=${proxy}. Voyez « Derrière un autre serveur » dans le guide « Faire tourner la boutique ».`,
    }),
    same: (address: string) => ({
      says: `Vous et le serveur lui-même êtes comptés comme un seul visiteur, ${address} ; si vous êtes ailleurs, tous les visiteurs le sont aussi.`,
      deed: 'Ouvrez cette page sur les données mobiles. Si elle dit la même chose, voyez « Derrière un autre serveur » dans le guide « Faire tourner la boutique ».',
    }),
  },
  sendFile: {
    name: 'Envoi par le serveur (SEND_FILE)',
    obeys: 'Apache envoie les fichiers lui-même, entiers et par morceaux.',
    notSent: {
      says: 'SEND_FILE est réglé, et Apache n’envoie pas le fichier ; la boutique l’envoie elle-même.',
      deed: 'Demandez à votre hébergeur d’activer mod_xsendfile pour DATA_DIR, ou retirez SEND_FILE.',
    },
    altered: {
      says: 'SEND_FILE est réglé, et Apache change l’étiquette du fichier ; la boutique l’envoie elle-même.',
      deed: 'Retirez SEND_FILE, ou mettez XSendFileIgnoreEtag et XSendFileIgnoreLastModified sur off.',
    },
    unreachable: {
      says: 'L’essai n’a pas abouti ; la boutique envoie les fichiers elle-même.',
      deed: 'Corrigez d’abord la ligne « Adresse publique ».',
    },
  },
  https: {
    name: 'https',
    well: 'Il est imposé, et les navigateurs le retiennent (HSTS).',
    none: {
      says: 'L’adresse publique est en http, sur cette machine seulement.',
    },
    plain: {
      says: 'La boutique répond aussi en http, où tout peut être lu en route.',
      deed: 'Activez « Force HTTPS Redirect » dans cPanel, « Domains ».',
    },
    noHsts: {
      says: 'L’en-tête HSTS n’arrive pas au visiteur.',
      deed: 'Demandez à votre hébergeur pourquoi Strict-Transport-Security est retiré.',
    },
  },
  certificate: {
    name: 'Certificat',
    well: (days: number) => `Valable encore ${days} jours.`,
    unseen: { says: 'Il ne se voit pas depuis Workers ; Cloudflare le renouvelle lui-même.' },
    soon: (days: number) => ({
      says: `Il n’est plus valable que ${days} jours.`,
      deed: 'Renouvelez-le : cPanel, « SSL/TLS Status », « Run AutoSSL ».',
    }),
    refused: (fault: string) => ({
      says: `Les navigateurs le refusent (${fault}).`,
      deed: 'Refaites-le : cPanel, « SSL/TLS Status », « Run AutoSSL ».',
    }),
    unreachable: (reason: string) => ({
      says: `Il ne peut pas être lu (${reason}).`,
      deed: 'Vérifiez que le port 443 du domaine est ouvert.',
    }),
  },
  mail: {
    names: { spf: 'E-mail : SPF', dkim: 'E-mail : DKIM', dmarc: 'E-mail : DMARC' },
    none: {
      name: 'E-mail',
      says: 'Aucun e-mail ne part : le livre est sur la page de la commande, et le bureau prépare les messages.',
    },
    unseen: (reason: string) => ({
      says: `Le DNS ne répond pas d’ici (${reason}).`,
      deed: 'Recommencez dans quelques minutes.',
    }),
    spf: (domain: string) => `${domain} dit qui peut envoyer en son nom.`,
    noSpf: (domain: string) => ({
      says: `${domain} ne dit pas qui peut envoyer en son nom : les reçus finissent en indésirables.`,
      deed: `Ajoutez l’enregistrement TXT « v=spf1 … » de ${domain} (cPanel : « Email Deliverability »).`,
    }),
    manySpf: (domain: string) => ({
      says: `${domain} a plusieurs enregistrements SPF, donc aucun qui compte.`,
      deed: 'Gardez un seul enregistrement TXT « v=spf1 », qui réunit les autres.',
    }),
    openSpf: (domain: string) => ({
      says: `Le SPF de ${domain} laisse n’importe qui envoyer en son nom (+all).`,
      deed: 'Remplacez « +all » par « ~all » dans cet enregistrement.',
    }),
    dkim: (selector: string) => `Une clé publique est trouvée (${selector}).`,
    noDkim: (selectors: string) => ({
      says: `Aucune clé sous les noms courants (${selectors}) ; elle peut en porter un autre.`,
      deed: 'Envoyez-vous l’essai ci-dessous et cherchez « dkim=pass » dans ses en-têtes.',
    }),
    dmarc: (domain: string) => `${domain} dit quoi faire des e-mails usurpés.`,
    noDmarc: (domain: string) => ({
      says: `${domain} ne dit pas quoi faire des e-mails usurpés : Gmail et Yahoo se méfient de vos reçus.`,
      deed: `Ajoutez l’enregistrement TXT « v=DMARC1; p=none » sous _dmarc.${domain}.`,
    }),
  },
  phone: {
    name: 'Vue depuis un téléphone',
    other: (when: string) => `Un téléphone est arrivé par un autre réseau, le ${when}.`,
    same: (when: string) => ({
      says: `Un téléphone est arrivé le ${when}, par le même réseau que le bureau.`,
      deed: 'Coupez le Wi-Fi du téléphone et ouvrez à nouveau l’adresse du code.',
    }),
    never: {
      says: 'Aucun téléphone n’est venu vérifier depuis Internet.',
      deed: 'Dans le bureau, « Diagnostic » : scannez le code avec un téléphone, Wi-Fi coupé.',
    },
    arrived: 'La boutique répond. Vous pouvez fermer cette page.',
    arrivedSame:
      'La boutique répond, par le même réseau que le bureau. Coupez le Wi-Fi et rechargez cette page pour essayer les données mobiles.',
    over: 'Ce code n’est plus valable. Rechargez la page « Diagnostic » pour en avoir un autre.',
    title: 'Essai depuis un téléphone',
  },
  letter: {
    subject: 'Essai de votre boutique',
    text: 'Cet e-mail est un essai, envoyé depuis la page « Diagnostic » de votre boutique. S’il est arrivé dans les indésirables, la page dit quoi corriger.',
  },
}

function obstacleFault(url: string, obstacle: Obstacle) {
  switch (obstacle.kind) {
    case 'redirect':
      return {
        says: `${url} renvoie ailleurs (${obstacle.to || '?'}) ; CinetPay ne suit pas.`,
        deed: 'Mettez dans PUBLIC_URL l’adresse finale, ou retirez la redirection.',
      }
    case 'challenge':
      return {
        says: `${url} montre une page « êtes-vous un humain ? », que CinetPay ne peut pas passer.`,
        deed: 'Excluez /payment/ de la protection contre les robots (Cloudflare, Imunify360).',
      }
    case 'firewall':
      return {
        says: `Un pare-feu refuse l’appel à ${url} (${obstacle.status}).`,
        deed: 'Désactivez ModSecurity pour ce domaine (cPanel : « ModSecurity »), ou demandez-le à l’hébergeur.',
      }
    case 'broken':
      return {
        says: `${url} répond par une erreur (${obstacle.status}).`,
        deed: 'Redémarrez l’application, puis lisez le journal des erreurs chez l’hébergeur.',
      }
  }
}
