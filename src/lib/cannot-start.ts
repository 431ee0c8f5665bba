/** A fault that whoever starts the shop can correct; the message is a sentence that says how. */
export class CannotStart extends Error {
  override name = 'CannotStart'
}
