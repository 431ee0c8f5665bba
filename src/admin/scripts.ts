import * as built from '../views/browser/built.ts'
import { serveScript } from './assets.ts'

/** The desk's scripts, built from `browser/`: each page lists those it wants. */
export const copyScript = serveScript('copier', built.copy)
export const coverScript = serveScript('couverture', built.cover)
export const logoScript = serveScript('logo', built.logo)
export const markdownScript = serveScript('texte', built.markdown)
export const passkeyScript = serveScript('cle', built.passkey)
export const sendingScript = serveScript('envoi', built.sendInPieces)
export const showPasswordScript = serveScript('mot-de-passe', built.showPassword)
