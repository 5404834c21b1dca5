/**
 * What has no place in an address or a title that is kept: e-mail addresses, keys and numbers that stand for one person. Words, slugs
 * and UUIDs (which name things) stay as they are.
 */

const EMAIL = /[\p{L}\p{N}._%+-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/giu
/** A JSON Web Token, as one piece. */
const JWT = /eyJ[\w-]{8,}(?:\.[\w-]+){1,2}/g
/** Letters and digits without a break, as keys are written. */
const RUN = /[A-Za-z0-9]{13,}/g

const isHex = (run: string): boolean => run.length >= 32 && /^[0-9a-f]+$/i.test(run)
const isMixed = (run: string): boolean => run.length >= 20 && /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run)

const replaced = (run: string): string => (/^\d+$/.test(run) ? "[number]" : isHex(run) || isMixed(run) ? "[token]" : run)

/** Most texts have neither an at sign nor so long a run, and are given back as they are. */
const SUSPECT = /@|%40|[A-Za-z0-9]{13}/

/** The text with `[email]`, `[token]` and `[number]` in the place of what gives a person away. */
export const scrub = (text: string): string =>
  SUSPECT.test(text) ? text.replace(EMAIL, "[email]").replace(JWT, "[token]").replace(RUN, replaced) : text
