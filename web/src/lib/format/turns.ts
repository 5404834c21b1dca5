/** Marks that turn the direction of writing until they are taken back; `U+202E` shows `exe.gpj` as `jpg.exe`. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g

/**
 * A text without marks that turn what stands after it: for places that cannot isolate it in a `<bdi>`, such as a title, a sentence or a
 * file. Text that is written from right to left keeps its direction.
 */
export const withoutTurns = (text: string): string => text.replace(TURNS, "")
