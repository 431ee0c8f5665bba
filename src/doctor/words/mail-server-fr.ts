/** What is seen of the way that letters take. */
export const mailServer = {
  mailServer: {
    names: {
      server: 'E-mail : serveur',
      password: 'E-mail : mot de passe',
      delayed: 'E-mail : en attente',
    },
    well: 'Le serveur d’envoi accepte la boutique.',
    noTls: {
      says: 'Le serveur d’envoi n’offre pas de connexion chiffrée : le mot de passe partirait en clair. Rien ne lui est donné.',
      deed: 'Dans SMTP_URL, écrivez smtps:// et le port 465, ou demandez à votre hébergeur son adresse chiffrée.',
    },
    refused: (reason: string) => ({
      says: `Le serveur d’envoi refuse la boutique (${reason}).`,
      deed: 'Vérifiez SMTP_URL : le serveur, le port, le compte et le mot de passe.',
    }),
    cleartext: {
      says: 'Le mot de passe d’envoi peut partir en clair (SMTP_ALLOW_CLEARTEXT_PASSWORD).',
      deed: 'Retirez ce réglage dès que votre hébergeur donne une adresse chiffrée, et changez le mot de passe.',
    },
    delayed: (count: number, why: string) =>
      count === 1 ? `Un e-mail attend : ${why}` : `${count} e-mails attendent : ${why}`,
    lastAnswer: (reason: string) =>
      `la dernière réponse était « ${reason} ». La boutique réessaie.`,
  },
}
