/** A canvas of this size, and a context that scales smoothly. */
export function sheet(width: number, height: number) {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width))
  canvas.height = Math.max(1, Math.round(height))
  const brush = canvas.getContext('2d')!
  brush.imageSmoothingQuality = 'high'
  return { canvas, brush }
}

export const toBlob = (canvas: HTMLCanvasElement, type: string, quality: number) =>
  new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality))

/** A file list for a file input: the only way for a script to give it a file. */
export function filesOf(blob: Blob, name: string): FileList {
  const box = new DataTransfer()
  box.items.add(new File([blob], name, { type: blob.type }))
  return box.files
}
