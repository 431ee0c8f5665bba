import { closeBook, leaveContentsPage, listInContents } from './binding.ts'
import { typeset } from './french.ts'
import { imprint, titlePage } from './front-matter.ts'
import { type About, type Book, COLUMN, PAGE, SOFT_INK, fit } from './layout.ts'
import { newPage, openBook, write } from './layout.ts'
import { setParagraph } from './paragraph.ts'
import { CLOTHS, type NamedCloth } from './cloths.ts'
import { READING, setText } from './prose.ts'
import { weave } from './weaving.ts'

export const about: About = {
  title: 'Bogolan : vingt-quatre motifs',
  subtitle: 'Vingt-quatre étoffes imaginaires et ce qu’elles racontent',
  author: 'Atelier N’Galama',
  subject: 'Livre d’images',
  colours: { ground: '#2e1f16', mark: '#e6d5b0', accent: '#b8682a' },
  headings: 'Times',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'steps')
  imprint(
    book,
    `Les étoffes, leurs noms et leurs légendes sont inventés. Ils s'inspirent librement de l'art du bogolan, le tissu
    teint à la terre du Mali, sans prétendre en transmettre les signes véritables.`,
  )
  leaveContentsPage(book)
  setText(book, PREFACE, READING)
  for (const [index, cloth] of CLOTHS.entries()) await addCloth(book, cloth, index + 1)
  setText(book, AFTERWORD, READING)
  return closeBook(book)
}

/** The cloth fills a page; its name and its story stand on the next. */
async function addCloth(book: Book, cloth: NamedCloth, number: number): Promise<void> {
  const photograph = await weave(cloth, number)
  newPage(book, { bare: true })
  listInContents(book, `${number}. ${cloth.name}`)
  book.doc.image(photograph, 0, 0, { width: PAGE.width, height: PAGE.height })

  newPage(book)
  const { ground, accent } = book.about.colours
  write(book, String(number), PAGE.side, 150, { font: 'Times-Bold', size: 64, colour: accent })
  book.y = 190
  for (const line of fit(book, typeset(cloth.name), COLUMN, 'Times-Bold', 22)) {
    write(book, line, PAGE.side, book.y, { font: 'Times-Bold', size: 22, colour: ground })
    book.y += 26
  }
  showDyes(book, cloth)
  setParagraph(book, cloth.story, { ...READING, indent: 0 })
}

function showDyes(book: Book, cloth: NamedCloth): void {
  const dyes = [...new Set(cloth.dyes)]
  dyes.forEach((dye, index) => {
    book.doc
      .rect(PAGE.side + index * 22, book.y - 10, 16, 16)
      .lineWidth(0.4)
      .fillAndStroke(dye, SOFT_INK)
  })
  book.y += 22
}

const PREFACE = `
# Avant de regarder

Prenez une bande de coton large comme deux mains. Trempez-la dans une décoction de feuilles, jaune comme un thé
trop long. Dessinez dessus avec une boue de rivière qui a dormi un an dans une jarre. Laissez sécher, lavez : là où la
terre a touché la feuille, il reste du noir. Voilà, en quatre phrases, un art auquel des artisanes et des artisans
donnent leur vie.

Ce livre n'en est pas un manuel. Les vrais motifs ont leurs noms, leurs familles et leurs gardiens ; il faut aller les
voir et les écouter. Les nôtres sont des étoffes rêvées. Nous avons dessiné vingt-quatre dessins qui n'existent sur
aucun marché, et, à chacun, nous avons inventé une histoire, comme on invente un oncle à un inconnu qui a une bonne
tête.

Regardez d'abord l'image en entier. Approchez-la ensuite, jusqu'à voir les fils, la couture entre les bandes, le
trait qui a tremblé. Tournez enfin la page pour lire ce que l'étoffe prétend. Vous avez le droit de ne pas la croire.
`

const AFTERWORD = `
# Une vingt-cinquième

La vingt-cinquième étoffe est la vôtre. Prenez une feuille, tracez une ligne, répétez-la. Au troisième rang votre main se
trompera ; ne corrigez pas, répétez l'erreur. Au dixième rang elle sera devenue le motif.

Il ne manquera plus qu'un nom, et quelqu'un pour demander : « Qu'est-ce que cela veut dire ? » Prenez alors votre
temps. Regardez par la fenêtre. Et commencez ainsi : *C'était avant la pluie…*
`
