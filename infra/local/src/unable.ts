/** A failure told as a sentence to the person at the keyboard, without a stack trace. */
export class Unable extends Error {}

/** What a failure says, whatever was thrown. */
export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
