import { MAX_PICTURE_BYTES, PLAIN, SHARE, SIZES } from './cover-sizes.ts'
import { filesOf, sheet, toBlob } from './picture.ts'

/**
 * Makes the sizes of a cover in the seller's browser and adds them to the form, which is then sent
 * as usual. If anything is missing or fails, only the original is sent.
 */
type Made = { canvas: HTMLCanvasElement; blob: Blob }

async function inFormats(canvas: HTMLCanvasElement, formats: string[], maxBytes: number) {
  for (const quality of [0.85, 0.75, 0.6, 0.45, 0.3])
    for (const format of formats) {
      const blob = await toBlob(canvas, format, quality)
      if (blob?.type !== format) continue
      if (blob.size <= maxBytes) return { canvas, blob }
      break
    }
  throw new Error('too heavy')
}

function colouredSheet(width: number, height: number, colour: string) {
  const { canvas, brush } = sheet(width, height)
  brush.fillStyle = colour
  brush.fillRect(0, 0, canvas.width, canvas.height)
  return { canvas, brush }
}

type Size = { width: number; maxBytes: number }

function shrink(bitmap: ImageBitmap, { width: wanted, maxBytes }: Size, formats: string[]) {
  const width = Math.min(wanted, bitmap.width)
  const { canvas, brush } = colouredSheet(width, (bitmap.height * width) / bitmap.width, '#fff')
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return inFormats(canvas, formats, maxBytes)
}

/** The whole cover, centred: WhatsApp crops pictures taller than wide. */
function toShare(bitmap: ImageBitmap): Promise<Made> {
  const { canvas, brush } = colouredSheet(SHARE.width, SHARE.height, '#efe6da')
  const scale = Math.min(SHARE.height / bitmap.height, SHARE.width / bitmap.width)
  const [width, height] = [bitmap.width * scale, bitmap.height * scale]
  brush.drawImage(bitmap, (SHARE.width - width) / 2, (SHARE.height - height) / 2, width, height)
  return inFormats(canvas, ['image/jpeg'], SHARE.maxBytes)
}

async function makeAll(file: File) {
  const bitmap = await createImageBitmap(file)
  const made: (Made & { name: string })[] = []
  for (const size of SIZES)
    made.push({
      name: String(size.width),
      ...(await shrink(bitmap, size, ['image/webp', 'image/jpeg'])),
    })
  made.push({ name: 'jpeg', ...(await shrink(bitmap, PLAIN, ['image/jpeg'])) })
  made.push({ name: 'partage', ...(await toShare(bitmap)) })
  return made
}

function hiddenField(name: string, blob: Blob): HTMLInputElement {
  const field = document.createElement('input')
  Object.assign(field, { type: 'file', name: 'image-' + name, hidden: true })
  field.dataset.size = name
  field.files = filesOf(blob, name + '.' + blob.type.slice('image/'.length))
  return field
}

function prepare(place: HTMLElement): void {
  const input = place.querySelector<HTMLInputElement>('input[type=file]')!
  const button = place.closest('form')!.querySelector<HTMLButtonElement>('button:not([type])')!
  const status = place.querySelector('[role=status]')!
  const words = place.dataset as Record<'heavy' | 'wait' | 'ready', string>
  const clear = () => {
    for (const old of place.querySelectorAll('[data-size]')) old.remove()
    status.textContent = ''
  }
  let latest = 0
  async function choose() {
    const turn = ++latest
    const file = input.files![0]
    clear()
    button.disabled = false
    if (!file) return
    button.disabled = true
    const isHeavy = file.size > MAX_PICTURE_BYTES
    status.className = isHeavy ? 'error' : 'hint'
    status.textContent = isHeavy ? words.heavy : words.wait
    if (isHeavy) return
    try {
      const made = await makeAll(file)
      if (turn !== latest) return
      for (const { name, blob } of made) place.append(hiddenField(name, blob))
      const { canvas } = made[0]!
      canvas.className = 'made'
      status.replaceChildren(canvas, words.ready)
    } catch {
      if (turn !== latest) return
      clear()
    }
    button.disabled = false
  }
  input.addEventListener('change', () => void choose())

  // The picture inside the book's file is used as if it had been chosen; if that fails, it is
  // downloaded.
  const offer = place.querySelector<HTMLAnchorElement>('a[data-offer]')
  offer?.nextElementSibling?.remove()
  offer?.addEventListener('click', (event) => {
    event.preventDefault()
    status.textContent = words.wait
    fetch(offer.href)
      .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error(answer.statusText))))
      .then((blob) => {
        input.files = filesOf(blob, 'couverture.' + blob.type.slice('image/'.length))
        return choose()
      })
      .catch(() => location.assign(offer.href))
  })
}

for (const place of document.querySelectorAll<HTMLElement>('[data-cover]')) prepare(place)
