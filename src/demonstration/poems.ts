import { closeBook, leaveContentsPage } from './binding.ts'
import { imprint, titlePage } from './front-matter.ts'
import { type About, type Book, openBook } from './layout.ts'
import { type Style, setParagraph } from './paragraph.ts'
import { READING, startChapter } from './prose.ts'

const VERSE: Style = { ...READING, leading: 17.5, justified: false, indent: 0 }

export const about: About = {
  title: 'Sept pluies',
  subtitle: 'Poèmes d’une saison, du premier nuage au dernier',
  author: 'Nafi Tamarin',
  subject: 'Poésie',
  colours: { ground: '#33526b', mark: '#cfdcdf', accent: '#d2603a' },
  headings: 'Times',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'rain')
  imprint(
    book,
    'Les poèmes sont originaux et l’autrice est imaginaire. La pluie, elle, est réelle.',
  )
  leaveContentsPage(book)
  for (const poem of POEMS) setPoem(book, poem)
  return closeBook(book)
}

/** Verse keeps its own lines. */
function setPoem(book: Book, poem: string): void {
  const [title = '', ...stanzas] = poem.trim().split('\n\n')
  startChapter(book, title)
  for (const stanza of stanzas) {
    for (const verse of stanza.split('\n')) {
      setParagraph(book, verse, VERSE)
    }
    book.y += 13
  }
}

const POEMS = [
  `La pluie qui n'est pas venue

Nous avions rentré le linge,
couvert le mil, compté les chèvres.
Le ciel avait sa tête de dette.
Puis le vent est passé sans s'asseoir.

Toute la rue levait le menton
comme devant un écran en panne.
Un enfant, pour nous consoler,
a craché trois fois dans la poussière.

Cela fit trois petits cratères
avec de l'ombre au fond.
Nous sommes restés longtemps
à regarder la mer.`,
  `La première

Elle ne tombe pas : elle revient.
Elle reconnaît la tôle, le manguier,
la bassine bleue au coin du mur.
Elle touche tout, comme une tante.

La terre lui dit *tu as maigri*,
et se met à sentir si fort
que les vieux sortent sans chapeau
respirer leurs seize ans.

Personne n'a fermé la fenêtre.
Il y a de l'eau sur le cahier,
et le mot *soif*, à la page douze,
a pris la forme d'une fleur.`,
  `La pluie du marché

Sous la même bâche, soudain,
l'oignon, le savon, la police,
le créancier et sa créance,
un mouton, deux fiancés.

On se serre. On se connaissait.
L'eau tire un rideau sur les prix.
Quelqu'un dit : *ça va durer*,
et sort des arachides pour tous.

Jamais on n'a si peu vendu.
Jamais on ne s'est tant parlé.
Quand le soleil a rouvert boutique,
on l'a trouvé un peu pressé.`,
  `La pluie de nuit

Elle marche sur le toit pieds nus,
cherche une clé, change d'avis.
Je compte entre l'éclair et toi
les kilomètres de silence.

Mon téléphone a une barre
et ma lampe n'en a plus.
Je t'écris donc de mémoire,
dans le noir, sur le dos de l'eau.

*Ici, il pleut. Et là où tu es ?*
Le message part comme une pirogue.
Au matin, deux coches bleues :
le fleuve a trouvé l'autre rive.`,
  `La pluie du cultivateur

Ne me demandez pas si elle est belle.
Demandez-moi si elle est à l'heure.
Je la mesure avec la houe :
une main, c'est bien ; deux, c'est la paix.

J'ai semé sur une parole.
Le ciel n'a rien signé.
Chaque soir, je fais le tour du champ
comme on borde un enfant fiévreux.

Ce matin, une ligne verte,
mince, tremblée, presque un mensonge.
J'ai appelé ma femme à voix basse
pour ne pas l'effrayer.`,
  `La pluie de trop

Celle-là n'a pas frappé.
Elle est entrée par le bas,
elle s'est assise sur les nattes,
elle a bu le sucre et les photos.

Nous avons monté sur les lits
les sacs, les cahiers, la grand-mère.
La grand-mère a dit : *j'ai vu pire*,
et nous avons eu moins peur.

Quand elle est partie, au mur,
elle avait laissé sa signature :
une ligne brune, à hauteur d'enfant.
Le petit s'y mesure encore.`,
  `La dernière

On ne sait jamais que c'est elle.
Elle passe un jeudi, sans adieu,
mouille à peine une moitié de rue,
et l'autre moitié se moque.

Après, le ciel reste lavé,
très haut, comme une voix d'école.
On sort les jarres, on les retourne.
On dit : *elle reviendra demain*.

Demain est une longue saison.
Mais sous le canari, dans l'ombre,
une grenouille garde la place
et répète son nom pour deux.`,
]
