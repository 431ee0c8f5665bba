export type Cover = { mediaType: 'image/svg+xml'; bytes: Uint8Array; width: number; height: number }

const WIDTH = 400
const HEIGHT = 600

/** Bare SVG: nothing to fetch, nothing to run, and faces that every telephone has. */
function cover(drawing: string): Cover {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="Georgia, serif">${drawing.replace(/\n\s*/g, '')}</svg>`
  return {
    mediaType: 'image/svg+xml',
    bytes: new TextEncoder().encode(svg),
    width: WIDTH,
    height: HEIGHT,
  }
}

export const tailorCover = cover(`
  <defs>
    <pattern id="bazin" width="26" height="26" patternUnits="userSpaceOnUse">
      <path d="M13 3 23 13 13 23 3 13Z" fill="none" stroke="#5674b5" stroke-width="1.4" opacity=".55"/>
      <circle cx="13" cy="13" r="2" fill="#5674b5" opacity=".6"/>
    </pattern>
    <path id="robe" d="M158 268 Q94 286 12 346 L30 474 92 456 66 600 334 600 308 456 370 474 388 346 Q306 286 242 268 Q200 298 158 268Z"/>
  </defs>
  <rect width="400" height="600" fill="#1b2a4e"/>
  <path d="M0 244H400" stroke="#c79a5b" stroke-width="5"/>
  <path d="M200 252v-10a9 9 0 1 1 9-9" fill="none" stroke="#e8d3a6" stroke-width="3.5"/>
  <use href="#robe" fill="#35518f"/>
  <use href="#robe" fill="url(#bazin)"/>
  <path d="M92 456 106 380M308 456 294 380M140 600 148 470M260 600 252 470" stroke="#1b2a4e" stroke-width="2" opacity=".5" fill="none"/>
  <g fill="none" stroke="#ecd9ae">
    <path d="M158 268Q200 298 242 268" stroke-width="7"/>
    <path d="M186 285 182 420 200 442 218 420 214 285" stroke-width="4"/>
    <path d="M172 282 166 428 200 464 234 428 228 282" stroke-width="1.6" stroke-dasharray="3 4"/>
    <path d="M200 300v108" stroke-width="7" stroke-dasharray="2 6"/>
    <path d="M250 330q34-14 44 14t-20 34q-24 4-22-16t20-12q10 6 2 14" stroke-width="3"/>
    <path d="M12 346 30 474M388 346 370 474" stroke-width="4" stroke-dasharray="7 4"/>
  </g>
  <path d="M279 364C330 420 372 330 352 268S280 212 318 168" fill="none" stroke="#e2674a" stroke-width="2.6"/>
  <path d="M318 168 374 70" stroke="#f3ead6" stroke-width="4.5" stroke-linecap="round"/>
  <path d="M320 165 327 153" stroke="#1b2a4e" stroke-width="1.6"/>
  <g fill="#f6ecd6">
    <text x="30" y="88" font-size="54" font-weight="bold">L’œuvre</text>
    <text x="30" y="142" font-size="43" font-weight="bold">du tailleur</text>
    <text x="30" y="178" font-size="20" font-style="italic" fill="#e8c98d">et autres nouvelles</text>
  </g>
  <rect y="538" width="400" height="62" fill="#1b2a4e"/>
  <path d="M0 538H400" stroke="#e2674a" stroke-width="4"/>
  <text x="200" y="578" font-size="24" fill="#f6ecd6" text-anchor="middle">Mariam Karité</text>
`)

export const guideCover = cover(`
  <rect width="400" height="600" fill="#e0962f"/>
  <path d="M0 600V392Q120 330 236 388T400 372V600Z" fill="#7d2f1b"/>
  <g transform="translate(8 16) rotate(-9 260 400)">
    <rect x="150" y="226" width="196" height="360" rx="26" fill="#2a1611"/>
    <rect x="162" y="248" width="172" height="312" rx="10" fill="#fbf3e1"/>
    <rect x="222" y="235" width="52" height="5" rx="2.5" fill="#6b5147"/>
    <g>
      <rect x="178" y="352" width="24" height="92" fill="#b5472f"/>
      <rect x="204" y="336" width="30" height="108" fill="#1f4a57"/>
      <rect x="236" y="362" width="20" height="82" fill="#d9a441"/>
      <rect x="258" y="344" width="26" height="100" fill="#5d6b34"/>
      <path d="M290 446 310 352 330 357 311 450Z" fill="#7d2f1b"/>
      <path d="M184 364h12M184 370h12M211 350h16M211 428h16M240 376h12M264 358h14M264 364h14" stroke="#fbf3e1" stroke-width="2.4"/>
      <rect x="170" y="444" width="156" height="6" fill="#2a1611"/>
    </g>
    <rect x="178" y="474" width="140" height="34" rx="17" fill="#d0542c"/>
    <path d="M214 491h68" stroke="#fbf3e1" stroke-width="5" stroke-linecap="round"/>
    <path d="M178 528h140M178 540h96" stroke="#d9c9a8" stroke-width="4" stroke-linecap="round"/>
    <path d="M178 272h108a10 10 0 0 1 10 10v26a10 10 0 0 1-10 10h-84l-16 14v-14h-8a10 10 0 0 1-10-10v-26a10 10 0 0 1 10-10Z" fill="#f0cd85"/>
    <path d="M186 288h88M186 302h58" stroke="#7d2f1b" stroke-width="4.5" stroke-linecap="round"/>
  </g>
  <g font-family="Verdana, Helvetica, sans-serif" font-weight="bold" fill="#4a170c">
    <text x="28" y="80" font-size="46">Vendre</text>
    <text x="28" y="128" font-size="40">ses livres</text>
    <text x="28" y="172" font-size="34">par téléphone</text>
  </g>
  <rect x="30" y="192" width="60" height="6" fill="#7d2f1b"/>
  <text x="30" y="222" font-size="15" font-style="italic" fill="#4a170c">Petit guide de l’auteur</text>
  <text x="30" y="240" font-size="15" font-style="italic" fill="#4a170c">qui s’édite lui-même</text>
  <text x="28" y="546" font-size="24" fill="#fbf3e1">Issa</text>
  <text x="28" y="572" font-size="24" fill="#fbf3e1">Fonio</text>
`)

export const cashBookCover = cover(`
  <defs>
    <pattern id="toile" width="6" height="6" patternUnits="userSpaceOnUse">
      <path d="M0 1.5h3M3 4.5h3" stroke="#0f342c" stroke-width="1.6"/>
      <path d="M1.5 3v3M4.5 0v3" stroke="#225a4d" stroke-width="1.4"/>
    </pattern>
    <pattern id="damier" width="20" height="40" patternUnits="userSpaceOnUse">
      <path d="M0 0h10v10H0zM10 10h10v10H10zM0 20h10v10H0z" fill="#d9c48f"/>
      <path d="M10 30h10v10H10z" fill="#e0a03a"/>
    </pattern>
  </defs>
  <rect width="400" height="600" fill="#17453b"/>
  <rect width="400" height="600" fill="url(#toile)" opacity=".8"/>
  <rect width="58" height="600" fill="#9c3526"/>
  <rect x="34" width="20" height="600" fill="url(#damier)" opacity=".9"/>
  <path d="M63 0V600" stroke="#0c2a23" stroke-width="6" opacity=".6"/>
  <path d="M400 0V74L326 0ZM400 600V526L326 600Z" fill="#9c3526"/>
  <path d="M400 84 316 0M400 516 316 600" stroke="#d9c48f" stroke-width="2"/>
  <rect x="98" y="104" width="256" height="254" fill="#f7ecd3"/>
  <rect x="106" y="112" width="240" height="238" fill="none" stroke="#17453b" stroke-width="2.5"/>
  <rect x="112" y="118" width="228" height="226" fill="none" stroke="#9c3526"/>
  <g text-anchor="middle" fill="#17453b">
    <text x="226" y="174" font-size="34">Cahier</text>
    <text x="226" y="212" font-size="34">de caisse</text>
    <text x="226" y="302" font-size="74" font-weight="bold" fill="#9c3526">2027</text>
    <text x="226" y="330" font-size="14" font-style="italic">une page par jour</text>
  </g>
  <g stroke="#d9c48f" stroke-width="1.5" fill="none">
    <path d="M98 420H354M98 446H354M98 472H354M98 498H354"/>
    <path d="M228 408V510M290 408V510"/>
  </g>
  <path d="M238 438h40M300 464h34M238 490h30" stroke="#f7ecd3" stroke-width="5" stroke-linecap="round"/>
  <path d="M106 438h76M106 464h96M106 490h60" stroke="#d9c48f" stroke-width="4" stroke-linecap="round" opacity=".7"/>
  <text x="98" y="562" font-size="19" fill="#f7ecd3">Les Cahiers du Moringa</text>
`)

export const patternsCover = cover(`
  <defs>
    <pattern id="dents" width="50" height="56" patternUnits="userSpaceOnUse">
      <path d="M0 50 25 8 50 50M0 62 25 20 50 62" fill="none" stroke="#efe0bd" stroke-width="5"/>
      <path d="M0 8 8 0H-8ZM50 8 58 0H42Z" fill="#b8682a"/>
      <circle cx="25" cy="46" r="4" fill="#b8682a"/>
    </pattern>
    <pattern id="losange" width="80" height="96" patternUnits="userSpaceOnUse">
      <path d="M40 6 76 48 40 90 4 48Z" fill="none" stroke="#efe0bd" stroke-width="6"/>
      <path d="M40 26 60 48 40 70 20 48Z" fill="none" stroke="#b8682a" stroke-width="5"/>
      <path d="M40 40 47 48 40 56 33 48Z" fill="#efe0bd"/>
      <path d="M0 6v12M0 78v12M80 6v12M80 78v12" stroke="#efe0bd" stroke-width="8"/>
    </pattern>
    <pattern id="peigne" width="20" height="40" patternUnits="userSpaceOnUse">
      <path d="M0 6H20" stroke="#efe0bd" stroke-width="7"/>
      <path d="M5 6V34" stroke="#efe0bd" stroke-width="6"/>
      <path d="M15 20v8" stroke="#b8682a" stroke-width="6"/>
    </pattern>
    <pattern id="grain" width="5" height="4" patternUnits="userSpaceOnUse">
      <path d="M0 1h2.5M2.5 3H5" stroke="#000" stroke-width="1" opacity=".28"/>
    </pattern>
  </defs>
  <rect width="400" height="600" fill="#2b1c13"/>
  <rect width="400" height="56" fill="url(#dents)"/>
  <g transform="translate(0 68)"><rect width="400" height="96" fill="url(#losange)"/></g>
  <g transform="translate(0 174)"><rect width="400" height="40" fill="url(#peigne)"/></g>
  <path d="M0 222H400M0 372H400" stroke="#b8682a" stroke-width="4"/>
  <g transform="translate(0 420) scale(1 -1)"><rect width="400" height="40" fill="url(#peigne)"/></g>
  <g transform="translate(0 430)"><rect width="400" height="96" fill="url(#losange)"/></g>
  <g transform="translate(0 592) scale(1 -1)"><rect width="400" height="56" fill="url(#dents)"/></g>
  <path d="M100 0V600M200 0V600M300 0V600" stroke="#120a06" stroke-width="2.4" stroke-dasharray="7 5" opacity=".7"/>
  <rect width="400" height="600" fill="url(#grain)"/>
  <rect y="225" width="400" height="144" fill="#efe0bd"/>
  <g text-anchor="middle" fill="#2b1c13">
    <text x="200" y="292" font-size="66" font-weight="bold">Bogolan</text>
    <text x="200" y="322" font-size="23" font-style="italic" fill="#8c4417">vingt-quatre motifs</text>
    <text x="200" y="353" font-size="17">Atelier N’Galama</text>
  </g>
`)

export const recipesCover = cover(`
  <defs>
    <pattern id="vichy" width="40" height="40" patternUnits="userSpaceOnUse">
      <rect width="40" height="40" fill="#f8ead0"/>
      <path d="M0 0H20V40H0ZM0 0H40V20H0Z" fill="#b83a2a" opacity=".62"/>
      <path d="M0 0H20V20H0Z" fill="#a12a1e"/>
    </pattern>
    <g id="banane">
      <ellipse rx="24" ry="14" fill="#c9761c"/>
      <ellipse rx="20" ry="10.5" cy="-2" fill="#eda938"/>
      <path d="M-9-3q9-4 18 0" stroke="#b5651a" stroke-width="2.4" fill="none"/>
    </g>
  </defs>
  <rect width="400" height="600" fill="url(#vichy)"/>
  <path d="M0 0H400V178Q380 200 360 178T320 178T280 178T240 178T200 178T160 178T120 178T80 178T40 178T0 178Z" fill="#7c1c14"/>
  <g fill="#fbeed4" text-anchor="middle">
    <text x="200" y="78" font-size="58" font-weight="bold">Cuisine</text>
    <text x="200" y="128" font-size="46" font-weight="bold">de maquis</text>
    <text x="200" y="157" font-size="18" font-style="italic" fill="#f0bf62">douze recettes de plein air</text>
  </g>
  <circle cx="204" cy="374" r="158" fill="#3a0f0a" opacity=".28"/>
  <circle cx="200" cy="366" r="156" fill="#fbf6ea"/>
  <circle cx="200" cy="366" r="152" fill="none" stroke="#24507a" stroke-width="6"/>
  <circle cx="200" cy="366" r="116" fill="none" stroke="#ded2b9" stroke-width="3"/>
  <g transform="rotate(-24 200 366)">
    <path d="M86 352Q140 296 226 322Q256 332 282 350L322 318Q312 352 324 388L282 362Q240 404 170 396Q116 388 86 352Z" fill="#6d4a2c"/>
    <path d="M98 352Q146 312 222 332Q250 340 270 356Q230 388 172 382Q124 378 98 352Z" fill="#a87742"/>
    <path d="M150 328q-10 26 4 52M184 326q-10 28 2 56M218 332q-8 24 0 46" stroke="#4c2f19" stroke-width="5" fill="none"/>
    <circle cx="116" cy="348" r="5" fill="#fbf6ea"/>
    <circle cx="116" cy="348" r="2.4" fill="#2a150c"/>
  </g>
  <use href="#banane" x="166" y="444"/>
  <use href="#banane" x="214" y="456"/>
  <use href="#banane" x="258" y="434"/>
  <use href="#banane" x="206" y="430"/>
  <g fill="none" stroke="#b5472f" stroke-width="5">
    <circle cx="128" cy="296" r="15"/>
    <circle cx="128" cy="296" r="6"/>
    <circle cx="166" cy="274" r="12"/>
  </g>
  <path d="M244 268q20-22 46-4q-22 20-46 4ZM280 292q24-8 36 14q-26 6-36-14Z" fill="#4f6b2c"/>
  <rect y="546" width="400" height="54" fill="#7c1c14"/>
  <text x="200" y="581" font-size="24" fill="#fbeed4" text-anchor="middle">Tante Gnamakou</text>
`)

export const poemsCover = cover(`
  <rect width="400" height="600" fill="#3d607a"/>
  <circle cx="312" cy="418" r="90" fill="#d9643c"/>
  <path d="M0 600V440Q90 396 196 430T400 424V600Z" fill="#25394a"/>
  <path d="M0 600V492Q150 440 400 508V600Z" fill="#16242f"/>
  <g stroke="#dbe6e4" stroke-linecap="round" fill="none">
    <path d="M62-10 30 128" stroke-width="7"/>
    <path d="M136-10 86 206" stroke-width="4"/>
    <path d="M196-10 178 68" stroke-width="8"/>
    <path d="M254-10 196 242" stroke-width="5"/>
    <path d="M312-10 284 112" stroke-width="7"/>
    <path d="M368-10 304 268" stroke-width="4"/>
    <path d="M420 20 374 220" stroke-width="8"/>
  </g>
  <g fill="none" stroke="#8fb0bd" stroke-width="2.4">
    <ellipse cx="112" cy="548" rx="64" ry="10"/>
    <ellipse cx="112" cy="548" rx="34" ry="5"/>
    <ellipse cx="322" cy="560" rx="44" ry="7"/>
  </g>
  <g fill="#f5efe0">
    <text x="34" y="332" font-size="60" font-weight="bold">Sept</text>
    <text x="34" y="392" font-size="60" font-weight="bold">pluies</text>
    <text x="36" y="268" font-size="19" font-style="italic" fill="#f0c9a6">poèmes</text>
    <text x="34" y="500" font-size="23">Nafi Tamarin</text>
  </g>
`)
