import { filesOf, sheet, toBlob } from './picture.ts'

const HEIGHT = 96
const MAX_WIDTH = 344

/**
 * Scales the chosen picture down before it is sent. If that fails, it is sent as it is, and refused
 * when it is too heavy.
 */
async function shrink(input: HTMLInputElement): Promise<void> {
  const file = input.files![0]
  if (!file) return
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, HEIGHT / picture.height, MAX_WIDTH / picture.width)
  const { canvas, brush } = sheet(picture.width * scale, picture.height * scale)
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const types = ['image/webp', 'image/png']
  const blobs = await Promise.all(types.map((type) => toBlob(canvas, type, 0.85)))
  const [lightest] = blobs.sort((a, b) => a!.size - b!.size)
  if (lightest!.size < file.size) input.files = filesOf(lightest!, 'logo')
}

const input = document.querySelector<HTMLInputElement>('form[data-logo] input[type=file]')
input?.addEventListener('change', () => void shrink(input).catch(() => {}))
