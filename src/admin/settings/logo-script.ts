import { serveScript } from '../assets.ts'

/**
 * Makes the chosen picture small before it is sent, in the seller's browser. Where that fails, the
 * picture goes as it is, and is refused when it is heavy.
 */
const script = /* js */ `
const HEIGHT = 96
const MAX_WIDTH = 344
const input = document.querySelector('form[data-logo] input[type=file]')
input?.addEventListener('change', async () => {
  const file = input.files[0]
  if (!file) return
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, HEIGHT / picture.height, MAX_WIDTH / picture.width)
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    const brush = canvas.getContext('2d')
    brush.imageSmoothingQuality = 'high'
    brush.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const blobs = await Promise.all(['image/webp', 'image/png'].map((type) =>
      new Promise((done) => canvas.toBlob(done, type, 0.85))))
    const blob = blobs.sort((a, b) => a.size - b.size)[0]
    if (blob.size >= file.size) return
    const box = new DataTransfer()
    box.items.add(new File([blob], 'logo', { type: blob.type }))
    input.files = box.files
  } catch {}
})
`

export const logoScript = serveScript('logo', script)
