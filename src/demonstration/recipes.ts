import { closeBook, leaveContentsPage } from './binding.ts'
import { imprint, titlePage } from './front-matter.ts'
import { type About, openBook } from './layout.ts'
import type { Style } from './paragraph.ts'
import { PRACTICAL, setText } from './prose.ts'

// A whole recipe on one page: nobody turns pages with oily fingers.
const RECIPE: Style = { ...PRACTICAL, size: 11.8, leading: 14.6 }

export const about: About = {
  title: 'Cuisine de maquis',
  subtitle: 'Douze recettes de plein air, pour rentrer chez soi rassasié',
  author: 'Tante Gnamakou',
  subject: 'Livre de cuisine',
  colours: { ground: '#9a2a1f', mark: '#f3d9a4', accent: '#d98a1f' },
  headings: 'Helvetica',
}

export async function makePdf() {
  const book = openBook(about)
  titlePage(book, 'lozenges')
  imprint(
    book,
    'Les recettes sont originales ; Tante Gnamakou est imaginaire, mais elle cuisine très bien.',
  )
  leaveContentsPage(book)
  setText(book, WELCOME, PRACTICAL)
  for (const recipe of RECIPES) setText(book, recipe, RECIPE)
  setText(book, POCKET, PRACTICAL)
  return closeBook(book)
}

const WELCOME = `
# Asseyez-vous

Un maquis, c'est quatre poteaux, une tôle, des chaises qui ne vont pas ensemble et quelqu'un qui sait ce qu'il fait
devant le feu. On y mange avec les mains, on y parle fort, on y arrive à deux et on en repart à neuf.

J'ai noté ici douze plats que je prépare depuis toujours, et que j'ai appris en regardant. Les quantités sont pour
quatre personnes qui ont faim, ou six qui bavardent. Elles sont justes, mais votre piment n'est pas le mien :
goûtez.

## Trois choses avant d'allumer

1. Lavez-vous les mains, lavez le plan, gardez un couteau pour la viande et un autre pour le reste.

2. Coupez tout avant de chauffer l'huile. Le feu n'attend pas qu'on cherche l'oignon.

3. Une cuillère à soupe, ici, est rase ; une cuillère à café aussi. Le verre contient 20 cl.
`

const RECIPES = [
  `
# Alloco, sauce oignon

*Pour 4 · 25 minutes · bananes bien mûres*

- 4 bananes plantains jaunes, tachées de noir

- huile de friture, de quoi les couvrir à moitié

- 2 oignons, 1 tomate, 1 petit piment

- 1 cuillère à café de vinaigre, sel

1. Pelez les bananes, coupez-les en biseau, épaisses comme le doigt. Salez à peine.

2. Chauffez l'huile : elle est prête quand un morceau y chante sans hurler.

3. Faites frire par petites fournées, 4 à 5 minutes, en retournant une fois. Égouttez sur du papier.

4. Dans deux cuillères de cette huile, faites fondre les oignons émincés 8 minutes. Ajoutez la tomate en
dés, le piment entier, le sel.

5. Laissez encore 5 minutes, versez le vinaigre, retirez le piment. Servez la sauce à côté.

*Le mot de Tante : une banane verte donne des frites, une banane noire donne de la confiture. Entre les deux, il y a
l'alloco.*
`,
  `
# Poulet braisé citron-gingembre

*Pour 4 · 15 minutes, une nuit de repos, 45 minutes de braise*

- 1 poulet ouvert en deux par le dos

- 2 citrons, 40 g de gingembre, 4 gousses d'ail

- 1 cuillère à soupe de moutarde, 3 d'huile

- 1 cuillère à café de poivre, sel

1. Râpez le gingembre et l'ail. Mélangez avec le jus des citrons, la moutarde, l'huile, le poivre et le sel.

2. Entaillez le poulet aux cuisses et massez-le de marinade, surtout dans les entailles. Une nuit au frais.

3. Préparez une braise grise, sans flamme. Posez le poulet côté os, 25 minutes, sans le presser.

4. Retournez-le 15 à 20 minutes, en le badigeonnant. Piquez la cuisse : le jus doit couler clair.

5. Laissez reposer 5 minutes sous un couvercle avant de couper.

*Le mot de Tante : ne servez pas la marinade crue en sauce. Si vous l'aimez, faites-la bouillir d'abord.*
`,
  `
# Kédjénou du dimanche

*Pour 4 · 20 minutes, 1 heure 10 de patience*

- 1 poulet fermier coupé en morceaux

- 3 tomates, 2 oignons, 2 aubergines africaines

- 3 gousses d'ail, 20 g de gingembre, 1 piment entier

- 1 branche de thym, 1 feuille de laurier, sel

1. Coupez les légumes en gros dés. Écrasez l'ail et le gingembre avec le sel.

2. Mettez tout dans une marmite à fond épais, le poulet dessous. N'ajoutez ni eau ni huile.

3. Fermez. Si le couvercle bâille, posez une feuille de bananier ou du papier cuisson entre les deux.

4. Feu très doux, 1 heure 10. Toutes les 10 minutes, secouez la marmite sans l'ouvrir.

5. Ouvrez à table. Retirez le piment, le laurier et le thym.

*Le mot de Tante : celui qui soulève le couvercle pour sentir a déjà mangé sa part.*
`,
  `
# Attiéké, thon et concombre

*Pour 4 · 25 minutes*

- 500 g d'attiéké

- 400 g de thon frais, ou 2 boîtes au naturel

- 1 concombre, 2 tomates, 1 oignon rouge

- 3 cuillères à soupe d'huile, 1 citron

- un demi-cube ou 1 cuillère à café de sel, poivre

1. Émiettez l'attiéké avec deux cuillères d'eau. Faites-le chauffer à la vapeur 8 minutes, puis
égrenez-le avec une cuillère d'huile.

2. Salez, poivrez le thon, poêlez-le 3 minutes par face à feu vif. En boîte : égouttez, c'est tout.

3. Coupez concombre et tomates en petits dés, l'oignon en lamelles. Arrosez de citron et d'huile.

4. Dressez l'attiéké, le thon en gros morceaux, les légumes dessus, leur jus tout autour.

*Le mot de Tante : l'attiéké se sert tiède. Brûlant, il colle ; froid, il boude.*
`,
  `
# Poisson braisé farci

*Pour 4 · 25 minutes, 30 minutes de braise*

- 2 carpes ou dorades de 600 g, vidées, écaillées

- 2 oignons, 1 poivron vert, 1 bouquet de persil

- 4 gousses d'ail, 2 citrons, 1 piment doux

- 3 cuillères à soupe d'huile, sel, poivre

1. Hachez l'ail, le persil et la moitié d'un oignon. Ajoutez le jus d'un citron, l'huile, le sel et le poivre.

2. Incisez les poissons trois fois par côté. Frottez-les de ce mélange. Laissez 20 minutes.

3. Émincez le reste des oignons, le poivron et le piment ; farcissez-en le ventre.

4. Huilez la grille. Braise moyenne, 12 à 15 minutes par face : la chair doit se détacher de l'arête.

5. Servez avec le second citron et une poignée d'oignon cru.

*Le mot de Tante : on ne retourne un poisson qu'une fois. Comme une décision.*
`,
  `
# Mafé aux patates douces

*Pour 4 · 20 minutes, 50 minutes de feu doux*

- 200 g de pâte d'arachide non sucrée

- 3 patates douces, 2 carottes, un quart de chou

- 2 oignons, 3 gousses d'ail, 2 cuillères de concentré

- 2 cuillères à soupe d'huile, 1 piment entier, sel

1. Faites dorer les oignons hachés dans l'huile. Ajoutez l'ail et le concentré ; remuez 3 minutes.

2. Délayez la pâte d'arachide dans un litre d'eau chaude, versez. Portez à petits bouillons.

3. Ajoutez carottes et chou en gros morceaux, le piment, le sel. Comptez 20 minutes à feu doux.

4. Ajoutez les patates en quartiers, encore 20 minutes. Remuez le fond : l'arachide attache.

5. C'est prêt quand l'huile remonte et brille. Servez sur du riz.

*Le mot de Tante : vérifiez que personne à table n'est allergique à l'arachide. Après, il est tard.*
`,
  `
# Sauce claire aux aubergines

*Pour 4 · 15 minutes, 35 minutes de cuisson*

- 400 g de poisson fumé, ou de bœuf en cubes

- 6 petites aubergines, 3 tomates, 1 oignon

- 1 poignée de gombos, 1 piment entier

- 1 litre d'eau, sel

1. Nettoyez le poisson fumé : peau, arêtes, tout ce qui gêne. Avec du bœuf, cuisez-le d'abord 40 minutes.

2. Mettez dans l'eau les tomates entières, l'oignon et les aubergines coupées en deux. 15 minutes.

3. Sortez tomates, oignon et la moitié des aubergines. Écrasez-les, remettez-les dans le bouillon.

4. Ajoutez le poisson, le piment, les gombos en rondelles. 15 minutes sans couvrir.

5. Goûtez avant de saler : le poisson fumé a déjà son avis.

*Le mot de Tante : claire ne veut pas dire maigre. Cela veut dire qu'on voit le fond.*
`,
  `
# Riz gras du chantier

*Pour 4 · 20 minutes, 40 minutes de cuisson*

- 400 g de riz long, 400 g de bœuf en morceaux

- 2 oignons, 3 tomates, 2 cuillères de concentré

- 2 carottes, 1 morceau de chou, 1 aubergine

- 5 cuillères à soupe d'huile, 3 gousses d'ail, sel, poivre

1. Salez la viande, dorez-la dans l'huile de tous les côtés. Ajoutez les oignons, puis l'ail.

2. Ajoutez tomates et concentré ; laissez rougir 8 minutes. Versez un litre d'eau, puis les légumes.

3. Au bout de 25 minutes, sortez viande et légumes au chaud. Mesurez le bouillon : gardez-en 70 cl.

4. Versez le riz lavé, couvrez, baissez au plus doux. 18 minutes, sans y toucher.

5. Éteignez, attendez 5 minutes, égrenez. Remettez viande et légumes dessus.

*Le mot de Tante : le fond qui attache s'appelle la récompense. On le garde pour celui qui lave la marmite.*
`,
  `
# Foutou banane de la semaine

*Pour 4 · 40 minutes et deux bras*

- 6 bananes plantains jaunes, encore fermes

- 1 manioc de 300 g environ

- 1 pincée de sel

- un bol d'eau froide pour les mains

1. Pelez le manioc, fendez-le, retirez le fil du cœur. Coupez-le en morceaux. Pelez les bananes.

2. Faites bouillir le manioc 15 minutes, ajoutez les bananes, le sel, et comptez encore 15 minutes. Tout
doit céder sous la fourchette.

3. Pilez d'abord le manioc seul, jusqu'à ce qu'il soit lisse. Ajoutez les bananes une à une.

4. Mouillez le pilon plutôt que la pâte. Quand elle se tient et brille, c'est fini.

5. Formez quatre boules avec les mains mouillées. Servez avec une sauce claire.

*Le mot de Tante : le manioc se mange toujours bien cuit, jamais cru.*
`,
  `
# Haricots du soir

*Pour 4 · une nuit de trempage, 1 heure 15*

- 400 g de haricots blancs ou de niébé

- 2 oignons, 3 tomates, 4 gousses d'ail

- 4 cuillères à soupe d'huile rouge ou d'arachide

- 1 feuille de laurier, 1 piment entier, sel

1. Faites tremper les haricots la nuit. Jetez l'eau, couvrez d'eau neuve.

2. Portez à gros bouillons 10 minutes, puis feu doux avec le laurier : une heure environ, ou 35 minutes pour le
niébé. Salez à la fin.

3. Pendant ce temps, fondez les oignons dans l'huile 10 minutes. Ajoutez l'ail, les tomates, le piment.

4. Versez les haricots avec un peu de leur jus. Un quart d'heure ensemble, à découvert.

5. Écrasez-en deux cuillères contre la paroi : la sauce devient crémeuse toute seule.

*Le mot de Tante : encore meilleurs demain matin, dans du pain, debout.*
`,
  `
# Salade d'avocat et mangue verte

*Pour 4 · 15 minutes, rien à cuire*

- 2 avocats mûrs, 1 mangue verte

- 1 oignon rouge, 1 poignée de menthe ou de persil

- 1 citron vert, 2 cuillères à soupe d'huile

- 2 cuillères d'arachides grillées, sel, piment à volonté

1. Râpez la mangue verte à gros trous. Salez-la, laissez-la 5 minutes, pressez-la dans la main.

2. Émincez l'oignon très fin ; passez-le sous l'eau froide s'il pique.

3. Coupez les avocats en dés, arrosez-les de citron vert tout de suite.

4. Mélangez doucement, avec l'huile et les herbes. Parsemez d'arachides concassées au dernier moment.

*Le mot de Tante : si la mangue est mûre, faites-en un dessert. Si elle est très mûre, donnez-la à la voisine.*
`,
  `
# Dégué de minuit, bissap du matin

*Pour 4 · 25 minutes, et du froid*

- 150 g de couscous de mil, 4 yaourts, 10 cl de lait

- 60 g de sucre, 1 pincée de muscade, 1 pincée de sel

- 50 g de fleurs de bissap, 1 citron vert, menthe, 80 g de sucre

1. *Le dégué.* Humectez le mil, cuisez-le 15 minutes à la vapeur avec le sel, égrenez, laissez
refroidir.

2. Battez yaourts, lait, sucre et muscade. Mêlez le mil. Deux heures au frais.

3. *Le bissap.* Rincez les fleurs. Versez dessus un litre d'eau bouillante, couvrez 15 minutes.

4. Filtrez, sucrez pendant que c'est chaud, puis ajoutez le jus du citron et la menthe.

5. Servez glacé, avec plus de glaçons que de raison.

*Le mot de Tante : le bissap tache pour la vie. Choisissez bien la chemise.*
`,
]

const POCKET = `
# Le petit panier

- **Attiéké** : semoule de manioc fermenté, cuite à la vapeur. On la trouve fraîche ou séchée.

- **Aubergine africaine** : petite, ronde, blanche ou verte, un peu amère. Une aubergine violette la remplace, en plus doux.

- **Dégué** : lait caillé ou yaourt mêlé de grains de mil.

- **Foutou** : pâte pilée, de banane, d'igname ou de manioc, que l'on trempe dans la sauce.

- **Gombo** : légume vert en forme de doigt, qui lie les sauces.

- **Huile rouge** : huile de palme non raffinée, au goût de terre et de noisette.

- **Niébé** : petit haricot à l'œil noir, qui cuit vite.

- **Plantain** : grosse banane à cuire. Verte, elle nourrit ; jaune, elle console.

Si un ingrédient manque, demandez au marché par quoi le remplacer. On vous donnera trois avis, et sans doute un quatrième
plat.
`
