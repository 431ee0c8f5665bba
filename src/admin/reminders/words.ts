import { deskDictionary } from '../../words/words.ts'
import { pluralIn } from '../../words/plural.ts'

const fr = {
  title: 'À relancer',
  lead: 'Des acheteurs qui ont commencé à payer et se sont arrêtés, il y a entre 30 minutes et 7 jours. Un mot de vous suffit souvent.',
  nothing: 'Personne à relancer. Revenez demain.',
  remind: 'Relancer par WhatsApp',
  again: 'Relancer encore',
  reminded: (at: string, by: string) => `Relancé le ${at} par ${by}`,
  quiet: 'Ne plus écrire',
  customer: 'Fiche client',
  nobodyElse: 'Chacun reçoit le message quand vous le lui envoyez : rien ne part tout seul.',
  text: 'Le message',
  edit: 'Changer ce texte',
  back: (reminded: number, bought: number) =>
    `Ces 30 derniers jours : ${pluralIn('fr')(reminded, 'commande relancée', 'commandes relancées')}, ${pluralIn('fr')(bought, 'achat dans les 7 jours', 'achats dans les 7 jours')}`,
  older: 'Plus anciens',
  newest: 'Revenir aux plus récents',
  pages: 'Pages de la liste',
  moved:
    'Cette commande n’est plus à relancer : payée entre-temps, ou l’acheteur ne veut plus de message.',
}

const en: typeof fr = {
  title: 'To follow up',
  lead: 'Buyers who began to pay and stopped, 30 minutes to 7 days ago. A word from you is often enough.',
  nothing: 'Nobody to follow up with. Come back tomorrow.',
  remind: 'Remind by WhatsApp',
  again: 'Remind again',
  reminded: (at, by) => `Reminded on ${at} by ${by}`,
  quiet: 'Stop messages',
  customer: 'Customer',
  nobodyElse: 'Each gets the message when you send it: nothing leaves by itself.',
  text: 'The message',
  edit: 'Change this text',
  back: (reminded, bought) =>
    `In the last 30 days: ${pluralIn('en')(reminded, 'order reminded', 'orders reminded')}, ${pluralIn('en')(bought, 'purchase within 7 days', 'purchases within 7 days')}`,
  older: 'Older',
  newest: 'Back to the newest',
  pages: 'Pages of the list',
  moved:
    'This order needs no reminder any more: it was paid meanwhile, or the buyer wants no messages.',
}

export const reminderWords = deskDictionary({ fr, en })
