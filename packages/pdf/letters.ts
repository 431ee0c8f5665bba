/** Bytes that are put together one by one. */
export class Letters {
  length = 0
  private held = new Uint8Array(64)

  push(byte: number): void {
    if (this.length === this.held.length) {
      const more = new Uint8Array(this.length * 2)
      more.set(this.held)
      this.held = more
    }
    this.held[this.length++] = byte
  }

  bytes(): Uint8Array {
    return this.held.slice(0, this.length)
  }
}
