/**
 * What is pasted from a chat, an SMS or an address book, as it was meant: digits of every script
 * (N'Ko, Arabic, full-width) are 0 to 9, a blank of any width is one space, and signs that show
 * nothing (marks of direction, zero-width joints, variation selectors, the caps of keys) are gone.
 * For numbers, codes and addresses; names and texts keep their letters (`forms/shapes.ts`).
 */
export const plainSigns = (text: string) =>
  withoutUnseen(text.normalize('NFKC'))
    .replace(/\p{Nd}/gu, digit)
    .replace(/[\s\p{Z}]/gu, ' ')

export const withoutUnseen = (text: string) =>
  text.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Me}]/gu, '')

export const digitsIn = (text: string) => plainSigns(text).replace(/\D/g, '')

/** Unicode puts the ten digits of a script in a row, some scripts directly after one another. */
function digit(sign: string): string {
  let before = 0
  while (/\p{Nd}/u.test(String.fromCodePoint(sign.codePointAt(0)! - before - 1))) before++
  return String(before % 10)
}
