/** A failure told as a sentence to the person at the keyboard, without a stack trace. */
export class Unable extends Error {}
