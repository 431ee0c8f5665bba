import { serveScript } from '../assets.ts'
import { MAX_PICTURE_BYTES, SIZES } from './cover.ts'

/**
 * Makes a cover's sizes in the seller's browser, and puts them into the form beside the picture:
 * the form is then sent as any other. Where something is missing or fails, the picture goes alone.
 */
const script = /* js */ `
const sizes = ${JSON.stringify(SIZES)}
const heaviest = ${MAX_PICTURE_BYTES}
const toBlob = (canvas, type, quality) =>
  new Promise((done) => canvas.toBlob(done, type, quality))

async function shrink(bitmap, { width: wanted, maxBytes }) {
  const width = Math.min(wanted, bitmap.width)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = Math.round((bitmap.height * width) / bitmap.width)
  const brush = canvas.getContext('2d')
  brush.imageSmoothingQuality = 'high'
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  for (const quality of [0.85, 0.75, 0.6, 0.45, 0.3]) {
    let blob = await toBlob(canvas, 'image/webp', quality)
    if (blob?.type !== 'image/webp') blob = await toBlob(canvas, 'image/jpeg', quality)
    if (blob && blob.size <= maxBytes) return { canvas, blob }
  }
  throw new Error('too heavy')
}

for (const form of document.querySelectorAll('form[data-cover]')) {
  const input = form.querySelector('input[type=file]')
  const button = form.querySelector('button')
  const status = form.querySelector('[role=status]')
  let latest = 0
  input.addEventListener('change', async () => {
    const turn = ++latest
    const file = input.files[0]
    for (const old of form.querySelectorAll('[data-size]')) old.remove()
    status.textContent = ''
    button.disabled = false
    if (!file) return
    if (file.size > heaviest) {
      status.textContent = form.dataset.heavy
      button.disabled = true
      return
    }
    status.textContent = form.dataset.wait
    button.disabled = true
    try {
      const bitmap = await createImageBitmap(file)
      const made = []
      for (const size of sizes) made.push({ ...size, ...(await shrink(bitmap, size)) })
      if (turn !== latest) return
      for (const { width, blob } of made) {
        const box = new DataTransfer()
        box.items.add(new File([blob], width + '.' + blob.type.slice(6), { type: blob.type }))
        const field = document.createElement('input')
        Object.assign(field, { type: 'file', name: 'image-' + width, hidden: true })
        field.dataset.size = width
        field.files = box.files
        form.append(field)
      }
      made[0].canvas.className = 'made'
      status.replaceChildren(made[0].canvas, form.dataset.ready)
    } catch {
      if (turn !== latest) return
      for (const half of form.querySelectorAll('[data-size]')) half.remove()
      status.textContent = ''
    }
    button.disabled = false
  })
}
`

export const coverScript = serveScript('couverture', script)
