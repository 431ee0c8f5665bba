import { serveScript } from '../assets.ts'
import { MAX_PICTURE_BYTES, PLAIN, SHARE, SIZES } from './cover.ts'

/**
 * Makes a cover's sizes in the seller's browser, and puts them into the form beside the picture:
 * the form is then sent as any other. Where something is missing or fails, the picture goes alone.
 */
const script = /* js */ `
const sizes = ${JSON.stringify(SIZES)}
const plain = ${JSON.stringify(PLAIN)}
const share = ${JSON.stringify(SHARE)}
const heaviest = ${MAX_PICTURE_BYTES}
const toBlob = (canvas, type, quality) =>
  new Promise((done) => canvas.toBlob(done, type, quality))

function sheet(width, height, colour) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const brush = canvas.getContext('2d')
  brush.imageSmoothingQuality = 'high'
  brush.fillStyle = colour
  brush.fillRect(0, 0, width, height)
  return { canvas, brush }
}

async function inFormats(canvas, formats, maxBytes) {
  for (const quality of [0.85, 0.75, 0.6, 0.45, 0.3])
    for (const format of formats) {
      const blob = await toBlob(canvas, format, quality)
      if (blob?.type !== format) continue
      if (blob.size <= maxBytes) return { canvas, blob }
      break
    }
  throw new Error('too heavy')
}

function shrink(bitmap, { width: wanted, maxBytes }, formats) {
  const width = Math.min(wanted, bitmap.width)
  const { canvas, brush } = sheet(width, Math.round((bitmap.height * width) / bitmap.width), '#fff')
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return inFormats(canvas, formats, maxBytes)
}

// The whole cover in the middle: WhatsApp cuts what is taller than wide.
function toShare(bitmap) {
  const { canvas, brush } = sheet(share.width, share.height, '#efe6da')
  const scale = Math.min(share.height / bitmap.height, share.width / bitmap.width)
  const [width, height] = [bitmap.width * scale, bitmap.height * scale]
  brush.drawImage(bitmap, (share.width - width) / 2, (share.height - height) / 2, width, height)
  return inFormats(canvas, ['image/jpeg'], share.maxBytes)
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
      for (const size of sizes)
        made.push({ name: size.width, ...(await shrink(bitmap, size, ['image/webp', 'image/jpeg'])) })
      made.push({ name: 'jpeg', ...(await shrink(bitmap, plain, ['image/jpeg'])) })
      made.push({ name: 'partage', ...(await toShare(bitmap)) })
      if (turn !== latest) return
      for (const { name, blob } of made) {
        const box = new DataTransfer()
        box.items.add(new File([blob], name + '.' + blob.type.slice(6), { type: blob.type }))
        const field = document.createElement('input')
        Object.assign(field, { type: 'file', name: 'image-' + name, hidden: true })
        field.dataset.size = name
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
