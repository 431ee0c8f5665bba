/**
 * A fault that the person who starts the shop can mend; the message is a sentence that says how.
 */
export class CannotStart extends Error {
  override name = 'CannotStart'
}
