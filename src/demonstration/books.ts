import * as cashBook from './cash-book.ts'
import * as covers from './covers.ts'
import { typeset } from './french.ts'
import * as guide from './guide.ts'
import type { About } from './layout.ts'
import * as patterns from './patterns.ts'
import * as poems from './poems.ts'
import * as recipes from './recipes.ts'
import * as stories from './stories.ts'

export type DemonstrationBook = {
  slug: string
  title: string
  author: string
  /** Plain text, paragraphs separated by a blank line. */
  description: string
  /** Themes, separated by commas. */
  tags: string
  /** A line a chapter. */
  contents?: string
  language: 'fr'
  priceFcfa: number
  /** What the buyer's file is called; French letters and all. */
  fileName: string
  cover: covers.Cover
  makePdf(): Promise<{ bytes: Uint8Array; pages: number }>
}

type Manuscript = { about: About; makePdf: DemonstrationBook['makePdf'] }
type Shelving = Pick<
  DemonstrationBook,
  'slug' | 'tags' | 'contents' | 'priceFcfa' | 'fileName' | 'cover'
>

function book(
  { about, makePdf }: Manuscript,
  shelving: Shelving,
  ...description: string[]
): DemonstrationBook {
  return {
    ...shelving,
    title: typeset(about.title),
    author: about.author,
    description: description.map(typeset).join('\n\n'),
    language: 'fr',
    makePdf,
  }
}

/** Chosen to try a shop's nerves too: a long title, one very heavy file, one very long one. */
export const demonstrationBooks: readonly DemonstrationBook[] = [
  book(
    stories,
    {
      slug: 'l-oeuvre-du-tailleur',
      tags: 'nouvelles, Mali, Côte d’Ivoire',
      priceFcfa: 2500,
      fileName: 'L’œuvre du tailleur – et autres nouvelles.pdf',
      cover: covers.tailorCover,
    },
    `Sory, tailleur à Ségou, promet toujours pour demain. Au fond de sa boutique, sous un drap, un grand boubou attend depuis trente-huit ans un homme parti sur la mer.`,
    `Un photographe de mariages qui vole les images que personne ne commande, une vendeuse de mangues d'Adjamé aux prises avec une tablette, un apprenti de gbaka qui apprend à lire sur les enseignes, une ville entière qui invente la fin d'un film : cinq nouvelles où l'on coud, où l'on vend et où l'on attend, entre Ségou et Abidjan.`,
    `À lire d'une traite, ou une par trajet.`,
  ),
  book(
    guide,
    {
      slug: 'vendre-ses-livres-par-telephone',
      tags: 'métiers, commerce',
      priceFcfa: 1500,
      fileName: 'Vendre ses livres par téléphone.pdf',
      cover: covers.guideCover,
    },
    `Tout ce qu'il faut savoir pour vendre un livre numérique quand on est seul, avec un téléphone et peu de temps : préparer le fichier, réussir la couverture, fixer un prix, se protéger des arnaques au paiement mobile, tenir ses comptes.`,
    `Avec des réponses toutes prêtes aux messages que chaque auteur reçoit un jour, de « J'ai payé et je n'ai rien reçu » à « C'est trop cher », et un aide-mémoire à cocher avant chaque mise en vente.`,
  ),
  book(
    patterns,
    {
      slug: 'bogolan-vingt-quatre-motifs',
      tags: 'art, Mali',
      priceFcfa: 5000,
      fileName: 'Bogolan – vingt-quatre motifs.pdf',
      cover: covers.patternsCover,
    },
    `Vingt-quatre étoffes en pleine page, à regarder d'abord de loin, puis de si près qu'on en compte les fils. Terre, rouille, indigo, ocre : chaque planche est suivie d'une courte légende, malicieuse ou tendre.`,
    `Les motifs et leurs histoires sont inventés : c'est un livre d'images et d'imagination, librement inspiré du tissu teint à la terre du Mali.`,
    `Attention, le fichier pèse environ 25 Mo : mieux vaut le télécharger en Wi-Fi.`,
  ),
  book(
    recipes,
    {
      slug: 'cuisine-de-maquis',
      tags: 'cuisine, Côte d’Ivoire',
      priceFcfa: 2000,
      fileName: 'Cuisine de maquis.pdf',
      cover: covers.recipesCover,
    },
    `Alloco, kédjénou, poisson braisé farci, riz gras du chantier, dégué de minuit : douze recettes de plein air, pour quatre personnes qui ont faim ou six qui bavardent.`,
    `Une recette par page, lisible sur un téléphone posé à côté du feu, et chaque fois le mot de Tante Gnamakou, qui a son avis sur tout et surtout sur le couvercle.`,
  ),
  book(
    cashBook,
    {
      slug: 'cahier-de-caisse-2027',
      tags: 'commerce',
      priceFcfa: 3000,
      fileName: 'Cahier de caisse 2027.pdf',
      cover: covers.cashBookCover,
    },
    `Une page par jour, un bilan par mois, un bilan pour l'année : de quoi noter ce qui entre, ce qui sort, et ce qui dort dans la boîte. Espèces et argent mobile ont chacun leur colonne.`,
    `À imprimer, ou à remplir sur l'écran. Le sommaire et les signets mènent à n'importe quel jour en deux gestes, et un petit conseil de commerçant attend au bas de chaque page.`,
  ),
  book(
    poems,
    {
      slug: 'sept-pluies',
      tags: 'poésie',
      priceFcfa: 500,
      fileName: 'Sept pluies.pdf',
      cover: covers.poemsCover,
    },
    `Celle qui n'est pas venue, la première, celle du marché, celle de la nuit, celle du cultivateur, celle de trop, la dernière. Une saison en sept poèmes, à lire sous une tôle.`,
  ),
]
