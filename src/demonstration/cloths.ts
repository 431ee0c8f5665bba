import * as motifs from './motifs.ts'
import type { Cloth } from './weaving.ts'

export type NamedCloth = Cloth & { name: string; story: string }

const ECRU: Cloth['dyes'] = ['#efe3c8', '#2e1f16', '#9c4a22', '#c98a2b']
const MUD: Cloth['dyes'] = ['#33231a', '#efe3c8', '#c98a2b', '#a5492a']
const INDIGO: Cloth['dyes'] = ['#22325c', '#f0e6d0', '#8fb0c9', '#d9a441']
const RUST: Cloth['dyes'] = ['#b4622d', '#2e1f16', '#f0dfba', '#e0a94a']
const OCHRE: Cloth['dyes'] = ['#cf9a3f', '#3a2318', '#f3e6c6', '#8c3a1d']
const LEAF: Cloth['dyes'] = ['#3f4a2c', '#efe3c8', '#d1a13c', '#b4562c']

/** All invented, names and stories; `patterns.ts` says so to the reader as well. */
export const CLOTHS: NamedCloth[] = [
  {
    name: 'Le chemin du puits',
    field: motifs.wellPath,
    across: 3,
    dyes: RUST,
    story: `Deux sœurs puisaient au même puits sans se parler. La première y allait par la gauche, la seconde par la
    droite, et leurs pas avaient tracé deux lignes brisées qui ne se touchaient jamais. Une année de sécheresse,
    il n'y eut plus d'eau que pour un seau. On dit que la ligne claire, entre les deux, date de ce jour-là.`,
  },
  {
    name: 'Les greniers',
    field: motifs.granaries,
    across: 4,
    dyes: ECRU,
    border: motifs.wellPath,
    story: `Chaque losange est un grenier vu par l'oiseau qui voudrait y entrer. Au centre, le mil. Autour, le mur.
    Autour du mur, le chat. Un tisserand facétieux affirmait que, sur toute étoffe bien faite, un grenier devait
    rester ouvert ; il n'a jamais voulu dire lequel, et l'on a beaucoup cherché.`,
  },
  {
    name: 'La maison des sœurs',
    field: motifs.sistersHouse,
    across: 4,
    dyes: INDIGO,
    story: `Quatre chambres, une cour, un feu. Dans cette maison inventée vivaient quatre sœurs qui faisaient tout
    ensemble, sauf dormir. La nuit, chacune racontait à son mur ce que les trois autres lui avaient confié. Les
    murs, par délicatesse, se sont écartés : c'est pourquoi la croix est si large.`,
  },
  {
    name: 'La pluie de mars',
    field: motifs.marchRain,
    across: 4,
    dyes: RUST,
    border: motifs.net,
    story: `Une pluie qui ne compte pas. Elle vient trop tôt, elle ne fait pousser que les conversations. Les gouttes
    tombent droites, séparées, chacune avec son petit grain de lumière au bout. Les anciens la laissaient tomber
    sur les étoffes neuves, pour leur apprendre que tout ce qui mouille n'est pas la saison.`,
  },
  {
    name: 'Le sourire du crocodile',
    field: motifs.crocodile,
    across: 3,
    dyes: MUD,
    story: `Vu de face, il rit. Vu de profil, il attend. Le conteur qui nous a vendu cette histoire jurait que l'on peut
    savoir l'humeur d'un crocodile en comptant ses dents : si l'on a le temps de finir de compter, c'est qu'il
    était de bonne humeur.`,
  },
  {
    name: 'Les pirogues au repos',
    field: motifs.canoes,
    across: 3,
    dyes: INDIGO,
    border: motifs.riverWaves,
    story: `Le vendredi, elles restent à la berge et c'est l'eau qui se promène. Le trait debout est la perche, plantée
    pour que personne n'ait à demander à qui est le bateau. Une pirogue sans perche, dit-on dans ce port qui
    n'existe pas, appartient à celui qui la regarde.`,
  },
  {
    name: 'L’échelle du toit',
    field: motifs.roofLadder,
    across: 4,
    dyes: MUD,
    story: `On monte au toit pour étaler les arachides, pour dormir, et pour voir venir. L'échelle a toujours un barreau
    de plus que ce qu'il faut : le dernier ne mène à rien, il sert à se tenir quand on regarde les étoiles. Les
    enfants l'appellent le barreau du monde.`,
  },
  {
    name: 'Le damier du griot',
    field: motifs.chequers,
    across: 4,
    dyes: INDIGO,
    border: motifs.crocodile,
    story: `Une case pour ce qui est arrivé, une case pour ce qu'on raconte. Elles se touchent par les côtés, jamais
    tout à fait par le milieu. Le griot, quand il jouait, poussait ses pions d'une couleur à l'autre en disant :
    « Ceci est vrai », et personne n'a jamais vu la partie finir.`,
  },
  {
    name: 'La calebasse fendue',
    field: motifs.splitCalabash,
    across: 4,
    dyes: RUST,
    story: `Deux moitiés qui furent rondes ensemble. L'une a gardé le lait, l'autre a gardé la forme. On offre ce motif,
    dans notre imagination, à ceux qui se quittent bons amis : les cercles ne tombent plus en face, mais ils ont
    le même centre.`,
  },
  {
    name: 'Les étoiles du nord',
    field: motifs.northStar,
    across: 4,
    dyes: RUST,
    border: motifs.chequers,
    story: `Les caravaniers en comptaient huit branches, une par jour de marche et la dernière pour le retour. Entre
    elles, des lunes blanches : ce sont les puits, que l'on ne voit pas la nuit mais que le chameau connaît. Cette
    étoffe se lit couché.`,
  },
  {
    name: 'L’arête du capitaine',
    field: motifs.captainBones,
    across: 3,
    dyes: MUD,
    story: `Le capitaine est un poisson, et c'est lui qui commande le repas. Quand l'arête revient entière au bord de
    l'assiette, on sait que l'invité avait faim et qu'il était bien élevé. Les pêcheuses qui ont rêvé ce dessin
    le portaient les jours de fête, avec un peu de citron.`,
  },
  {
    name: 'Le tambour d’aisselle',
    field: motifs.drum,
    across: 3,
    dyes: OCHRE,
    border: motifs.comb,
    story: `Il parle parce qu'on le serre. Plus on le serre, plus il parle haut, et c'est pourquoi notre légende le
    donne pour patron aux bavards et aux épouses patientes. Les lacets sont comptés : vingt de chaque côté, pour
    les vingt choses qu'il vaut mieux dire en musique.`,
  },
  {
    name: 'Les marches',
    field: motifs.steps,
    across: 3,
    dyes: ECRU,
    story: `Un maçon promit à son fils un escalier qui monterait toute la vie. Il posa une marche par an. Quand il fut
    trop vieux, le fils s'aperçut que l'escalier redescendait de l'autre côté, vers la porte de la maison. Il y
    avait une lampe au milieu, allumée.`,
  },
  {
    name: 'Le mil debout',
    field: motifs.millet,
    across: 4,
    dyes: LEAF,
    story: `Chaque grain est rond pour que l'oiseau hésite. Les tiges se tiennent à distance, comme des gens qui se
    connaissent depuis longtemps. Sous elles, un trait rouge : la terre, qui ne monte jamais sur le dessin mais
    qui en a payé la teinture.`,
  },
  {
    name: 'Les traces du lièvre',
    field: motifs.hareTracks,
    across: 3,
    dyes: ECRU,
    border: motifs.captainBones,
    story: `Il est passé par ici, et aussi par là. Le lièvre des contes marche sur deux pattes pour faire croire à un
    homme, puis sur quatre pour faire croire à deux lièvres. Le chasseur qui a porté cette étoffe n'a rien pris,
    mais il a bien ri, et l'on dit que c'était le but.`,
  },
  {
    name: 'L’œil du tisserand',
    field: motifs.weaverEye,
    across: 4,
    dyes: INDIGO,
    story: `À force de compter les fils, il voyait tout par paires. Il épousa des jumelles de deux villages différents,
    acheta deux fois le même âne, et ne commit qu'une erreur en quarante ans : elle est ici, cherchez-la. Les
    cils sont les fils qui dépassent.`,
  },
  {
    name: 'Les vagues du Joliba',
    field: motifs.riverWaves,
    across: 2,
    dyes: ECRU,
    story: `Le grand fleuve a plusieurs noms et une seule manière de s'en aller. La ligne noire est l'eau qu'on voit ; la
    ligne rousse, l'eau qu'on a bue ; la mince, couleur de miel, celle qu'on promet d'aller voir l'an prochain,
    avec les enfants, s'il y a de la place dans la voiture.`,
  },
  {
    name: 'Le peigne de la mariée',
    field: motifs.comb,
    across: 3,
    dyes: RUST,
    border: motifs.hareTracks,
    story: `Sept dents pour sept jours. Le premier jour, on ne peigne pas, on parle. Le dernier, on ne parle plus, on
    rit de tout. La barre blanche, sous les dents, est la nuque de la mariée, qui n'a pas bougé pendant que ses
    tantes réglaient le sort du monde.`,
  },
  {
    name: 'La spirale du marché',
    field: motifs.marketSpiral,
    across: 4,
    dyes: ECRU,
    border: motifs.roofLadder,
    story: `On entre par les légumes, on tourne aux tissus, on tourne encore aux épices, et quand on croit ressortir on
    est devant celle qui vend les beignets. Le marché, explique cette étoffe, n'est pas un labyrinthe : on y
    trouve toujours le centre. C'est la sortie qu'on oublie.`,
  },
  {
    name: 'Le filet',
    field: motifs.net,
    across: 4,
    dyes: INDIGO,
    story: `Ce qui compte, ce sont les trous. Un vieux pêcheur de notre invention les vendait à part, très cher, à ceux
    qui voulaient pêcher plus gros. À chaque nœud, une petite pièce d'or : c'est le poisson qui aurait pu passer
    et qui s'est arrêté pour regarder.`,
  },
  {
    name: 'La clé sans porte',
    field: motifs.key,
    across: 4,
    dyes: LEAF,
    border: motifs.sistersHouse,
    story: `On l'a trouvée dans le sable ; elle n'ouvrait rien. On bâtit donc un mur pour elle, puis une maison pour le
    mur, puis une famille pour la maison. Le dessin suit le couloir que prend la clé pour tourner : si vous le
    suivez du doigt sans lever la main, vous êtes de la famille.`,
  },
  {
    name: 'Les collines',
    field: motifs.hills,
    across: 4,
    dyes: OCHRE,
    border: motifs.net,
    story: `Derrière chaque colline, il y en a une autre qui attend son tour. Un facteur les traversait à bicyclette et
    leur donnait des numéros, comme aux maisons. Il paraît qu'il en manque une : il l'avait gardée pour la
    retraite et n'a jamais dit par où l'on montait.`,
  },
  {
    name: 'Le soleil de midi',
    field: motifs.sun,
    across: 3,
    dyes: MUD,
    border: motifs.chequers,
    story: `Il est assis au milieu et ne bouge plus. C'est l'heure où les chèvres n'ont pas d'ombre et les vendeurs pas
    de prix. On raconte, dans ce livre au moins, que celui qui regarde ce motif à midi juste entend le tissu
    sécher. À treize heures, c'est fini.`,
  },
  {
    name: 'Le nœud des cousins',
    field: motifs.cousinsKnot,
    across: 4,
    dyes: OCHRE,
    story: `Deux anneaux qui se disputent pour savoir lequel passe devant. En haut, c'est l'un ; en bas, c'est l'autre ;
    et chacun, le soir, raconte qu'il a gagné. Tant qu'ils plaisantent, ils tiennent. On finit toujours un livre
    par ce nœud-là : il ne serre pas, il ne se défait pas.`,
  },
]
