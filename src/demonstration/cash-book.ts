import { bookmark, closeBook, leaveContentsPage, listInContents } from './binding.ts'
import { COUNSELS } from './counsels.ts'
import { imprint, titlePage } from './front-matter.ts'
import { type About, type Book, PAGE, SOFT_INK } from './layout.ts'
import { newPage, openBook, write } from './layout.ts'
import { setParagraph } from './paragraph.ts'
import { PRACTICAL, setNote, setText } from './prose.ts'
import { type Table, drawTable } from './table.ts'

const YEAR = 2027
const DAY_MS = 86_400_000
const DAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi']
const MONTHS =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ')

export const about: About = {
  title: `Cahier de caisse ${YEAR}`,
  subtitle: 'Une page par jour, un bilan par mois',
  author: 'Les Cahiers du Moringa',
  subject: 'Agenda et cahier de comptes',
  colours: { ground: '#17453b', mark: '#d9c48f', accent: '#b5472f' },
  headings: 'Helvetica',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'checks')
  imprint(book, 'Les conseils sont originaux et d’ordre général.')
  leaveContentsPage(book)
  setText(book, INTRODUCTION, PRACTICAL)
  for (let month = 0; month < 12; month++) {
    addMonth(book, month)
    // The shop may be open while its shelves are filled: let it answer between two months.
    await new Promise(setImmediate)
  }
  addYear(book)
  return closeBook(book)
}

function addMonth(book: Book, month: number): void {
  const name = `${capital(MONTHS[month] ?? '')} ${YEAR}`
  const first = new Date(Date.UTC(YEAR, month, 1))
  let outline: PDFKit.PDFOutline | undefined
  for (let day = first; day.getUTCMonth() === month; day = new Date(day.getTime() + DAY_MS)) {
    newPage(book)
    outline ??= listInContents(book, name)
    bookmark(outline, dateOf(day))
    addDay(book, day)
  }
  newPage(book)
  if (outline) bookmark(outline, `Bilan de ${MONTHS[month]}`)
  addMonthSummary(book, name)
}

function addDay(book: Book, day: Date): void {
  const numberInYear = (day.getTime() - Date.UTC(YEAR, 0, 1)) / DAY_MS + 1
  const weekday = capital(DAYS[day.getUTCDay()] ?? '')
  const date = dateOf(day).slice(weekday.length + 1)
  writeHead(book, weekday, `${date} ${YEAR}`, `Jour ${numberInYear}`)
  drawTable(book, DAY_TABLE, 92)
  const counsel = COUNSELS[(numberInYear - 1) % COUNSELS.length] ?? ''
  book.y = 428
  setParagraph(book, `*${counsel}*`, { ...PRACTICAL, size: 10.5, leading: 13, colour: SOFT_INK })
}

function addMonthSummary(book: Book, name: string): void {
  writeHead(book, 'Bilan du mois', name, '')
  drawTable(book, MONTH_TABLE, 92)
  book.y = 404
  setNote(book, 'Ce que j’ai appris ce mois-ci, et la seule chose que je change le mois prochain :')
  writingLine(book, 452)
}

function addYear(book: Book): void {
  newPage(book)
  listInContents(book, `Bilan de l’année ${YEAR}`)
  writeHead(book, 'Bilan de l’année', `Janvier à décembre ${YEAR}`, '')
  const rows = [...MONTHS.map(capital), 'Total de l’année']
  drawTable(book, { ...YEAR_TABLE, rows, strongRows: [12] }, 92)
  setText(book, CLOSING, PRACTICAL)
}

/** A tap on the head of any page leads back to the table of contents. */
function writeHead(book: Book, title: string, subtitle: string, aside: string): void {
  const { ground, accent } = book.about.colours
  const right = PAGE.width - PAGE.side
  write(book, title, PAGE.side, 54, { font: 'Helvetica-Bold', size: 19, colour: ground })
  write(book, subtitle, PAGE.side, 73, { font: 'Helvetica', size: 12 })
  write(book, 'Sommaire', right, 54, {
    font: 'Helvetica',
    size: 9.5,
    colour: accent,
    align: 'right',
  })
  write(book, aside, right, 73, { font: 'Helvetica', size: 9.5, colour: SOFT_INK, align: 'right' })
  book.doc.goTo(right - 60, 38, 60, 24, 'contents')
}

function writingLine(book: Book, y: number): void {
  book.doc
    .moveTo(PAGE.side, y)
    .lineTo(PAGE.width - PAGE.side, y)
    .lineWidth(0.5)
    .stroke(SOFT_INK)
}

function dateOf(day: Date): string {
  const date = day.getUTCDate()
  const number = date === 1 ? '1er' : String(date)
  return `${capital(DAYS[day.getUTCDay()] ?? '')} ${number} ${MONTHS[day.getUTCMonth()]}`
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const blank = (count: number) => Array.from({ length: count }, () => '')

const DAY_TABLE: Table = {
  head: ['Libellé', 'E / M', 'Recettes', 'Dépenses'],
  widths: [124, 32, 56, 56],
  rows: ['Solde de départ', ...blank(11), 'Totaux du jour', 'Solde du soir', 'Compté', 'Écart'],
  strongRows: [0, 12, 13],
  rowHeight: 19,
}

const MONTH_TABLE: Table = {
  head: ['', 'Recettes', 'Dépenses', 'Solde'],
  widths: [94, 58, 58, 58],
  rows: [
    'Semaine 1',
    'Semaine 2',
    'Semaine 3',
    'Semaine 4',
    'Fin du mois',
    'Total du mois',
    'dont espèces',
    'dont mobile',
    'Loyer, charges',
    'Marchandise',
    'Transport',
    'Salaires',
    'Mon salaire',
    'Épargne',
  ],
  strongRows: [5],
  rowHeight: 20,
}

const YEAR_TABLE: Omit<Table, 'rows' | 'strongRows'> = {
  head: ['Mois', 'Recettes', 'Dépenses', 'Solde'],
  widths: [94, 58, 58, 58],
  rowHeight: 24,
}

const INTRODUCTION = `
# Pourquoi un cahier

Une boutique peut être pleine de monde et perdre de l'argent. Une autre peut sembler endormie et nourrir une famille.
De l'extérieur, on ne voit pas la différence. Dans le cahier, si.

Tenir un cahier de caisse ne demande ni diplôme ni ordinateur. Il suffit d'écrire, le jour même, ce qui entre et ce qui
sort. Au bout d'une semaine, on sait où part la monnaie. Au bout d'un mois, on sait si l'on gagne. Au bout d'une année,
on sait quand acheter, quand épargner, et quand fermer un dimanche pour se reposer.

Ce cahier couvre toute l'année ${YEAR} : une page par jour, un bilan à la fin de chaque mois, un bilan à la fin de
l'année. Vous pouvez l'imprimer, ou le remplir sur l'écran avec une application d'annotation.

# Remplir une page

1. Le matin, reportez le *solde de départ* : c'est le solde de la veille au soir, tel que vous l'avez compté.

2. À chaque opération, écrivez un libellé court : « 2 pagnes, Mme K. », « taxi du marché ».

3. Dans la colonne *E / M*, notez E pour les espèces, M pour l'argent mobile.

4. Inscrivez le montant dans *Recettes* s'il entre, dans *Dépenses* s'il sort. Jamais dans les deux.

5. Le soir, additionnez chaque colonne. Départ, plus recettes, moins dépenses : voilà le *solde du soir*.

6. Comptez l'argent qui est vraiment là, celui de la boîte et celui du téléphone. C'est la ligne *Compté*.

7. La différence est l'*écart*. S'il vaut zéro, bravo. Sinon, cherchez cinq minutes, puis écrivez-le et allez dormir.

## Un exemple

> Départ 25 000. Recettes : 8 000, 3 500 et 12 000. Dépenses : 5 000 de marchandise, 500 de taxi. Solde du soir :
25 000 + 23 500 – 5 500 = 43 000 F. Compté : 42 500 F. Écart : moins 500 F. Le taxi du retour n'était pas noté.

# Trois règles qui suffisent

## Le jour même

La mémoire arrondit toujours en notre faveur. Une opération notée le lendemain est une opération imaginée.

## Deux poches

L'argent du commerce n'est pas le vôtre : c'est celui du commerce. Prenez-y un salaire, à date fixe, et notez-le dans
les dépenses. Le reste du temps, faites comme si la caisse appartenait à quelqu'un d'exigeant.

## Aucune honte

Un écart, une mauvaise journée, un crédit qui ne revient pas : écrivez-les. Le cahier n'est pas là pour vous juger. Il
est là pour que la même erreur ne coûte pas deux fois.

# Faire le bilan du mois

La dernière page de chaque mois rassemble vos semaines. Recopiez les totaux, puis répartissez les dépenses : loyer,
marchandise, transport, salaires. La somme des parties doit retomber sur le total ; si elle n'y retombe pas, une
dépense s'est cachée.

Comparez ensuite avec le mois précédent. Ne cherchez pas à tout corriger : choisissez une seule chose à changer, et
écrivez-la au bas de la page.

[] Les totaux des semaines sont reportés.

[] Les espèces et l'argent mobile sont séparés.

[] Mon salaire figure dans les dépenses.

[] L'épargne est partie avant la fête.
`

const CLOSING = `
# Et maintenant

Vous avez tenu trois cent soixante-cinq jours. Peu de gens peuvent dire, au franc près, ce qu'ils ont fait de leur année.

Avant d'ouvrir le cahier suivant, relisez seulement les douze bilans, d'une traite, comme une histoire. Vous y verrez
les mois qui vous ressemblent et ceux qui vous ont surpris. Notez trois choses : ce que vous referez, ce que vous ne
referez pas, et la personne que vous voulez remercier.

1. Ce que je referai :

2. Ce que je ne referai pas :

3. Celle ou celui que je remercie :

Puis fermez la boutique une heure plus tôt. Vous l'avez gagnée, c'est écrit.
`
