/**
 * An address whose `@` may be escaped. Not a handle (`@name@example.social`), a version (`package@1.2.3`) or an image for
 * sharp screens (`logo@2x.png`). Its parts are bounded, so that no text takes long.
 */
const EMAIL =
  /(?<![\w@])(?:[\p{L}\p{N}.!#$&'*+=?^_`{|}~-]|%2B){1,64}(?:@|%(?:25)*40)(?!\d+(?:\.\d+)+(?![.\p{L}]))(?!\dx\.)(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}@])/gu
const JWT = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i
const ONLY_UUID = new RegExp(`^${UUID.source}$`, "i")
/** What may be a token: a long run of the letters of base64 for addresses, which slugs are too. */
const CANDIDATE = /[\w-]{13,}(?:={0,2}|(?:%3D){0,2})/gi
const LONG_HEX = /(?<![0-9a-z])(?=[a-f]*\d)[0-9a-f]{32,}(?![0-9a-z])/gi
/** Keys whose beginning says what they are: of Stripe, GitHub, GitLab, Slack, AWS, Google, npm and others. */
const NAMED_KEY =
  /(?<![A-Za-z0-9])(?:[spr]k_(?:live|test)_|whsec_|gh[opusr]_|github_pat_|glpat-|xox[a-z]-|AKIA|ASIA|AIza|ya29\.|shp[a-z]{2}_|npm_|hf_|sk-)[\w-]{16,}/g
/** As long as telephone numbers with their country, and numbers of cards and accounts. */
const LONG_DIGITS = /\d{13,}/g
const MOMENT = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[0-2]\d[0-5]\d[0-5]\d$/

/** Whether 13 digits are the number of an article (EAN, ISBN), whose last digit proves the others. */
const isArticle = (digits: string): boolean => {
  if (digits.length !== 13) return false
  let sum = 0
  for (let place = 0; place < 13; place++) sum += (digits.charCodeAt(place) - 48) * (place % 2 === 0 ? 1 : 3)
  return sum % 10 === 0
}

const number = (digits: string): string => (isArticle(digits) || MOMENT.test(digits) ? digits : "[number]")

interface Shape {
  /** Letters and digits. */
  readonly length: number
  /** How often the text goes from small letters to capitals to digits and back. What is random does so all the time, words do not. */
  readonly turns: number
  readonly numbers: number
  /** Sum of 1 for digits, 2 for capitals, 4 for small letters. */
  readonly kinds: number
}

const shapeOf = (text: string): Shape => {
  let length = 0
  let turns = 0
  let numbers = 0
  let kinds = 0
  let before = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const kind = code < 58 && code > 47 ? 1 : code < 91 && code > 64 ? 2 : code < 123 && code > 96 ? 4 : 0
    if (kind !== 0) length++
    if (kind === 1 && before !== 1) numbers++
    if (kind !== 0 && before !== 0 && kind !== before) turns++
    kinds |= kind
    before = kind
  }
  return { length, turns, numbers, kinds }
}

const HEX = /^[0-9a-f]*$/i

/**
 * From 20 characters on, with capitals, small letters and digits, or from 24 on with one kind of letters and digits.
 * Of random tokens of 16 bytes some 9 % are missed, of those of 24 bytes 3 %, of longer ones next to none.
 */
const isRandom = (text: string): boolean => {
  if (text.length < 20) return false
  const { length, turns, numbers, kinds } = shapeOf(text)
  if (kinds === 7) return turns >= length * 0.42 || (length >= 22 && turns >= length * 0.3 && numbers >= 3)
  return (kinds === 5 || kinds === 3) && length >= 24 && !text.includes("-") && turns >= length * 0.28 && !HEX.test(text)
}

const token = (candidate: string): string => {
  if (!/\d/.test(candidate) || (candidate.length >= 36 && UUID.test(candidate))) return candidate
  if (isRandom(candidate)) return "[token]"
  const rest = candidate.length >= 32 ? candidate.replace(LONG_HEX, "[token]") : candidate
  return rest.replace(LONG_DIGITS, number)
}

/** Puts `[email]` in the place of e-mail addresses. */
export const withoutEmails = (text: string): string =>
  text.includes("@") || text.includes("%40") || text.includes("%25") ? text.replace(EMAIL, "[email]") : text

/**
 * Puts `[email]`, `[token]` and `[number]` in the place of e-mail addresses, of what looks like a secret (JSON web tokens, keys by
 * their beginnings, runs that look random, 32 hexadecimal digits and more) and of 13 decimal digits and more. Words, slugs, dates,
 * versions, numbers of articles and UUIDs stay.
 */
export const scrub = (text: string): string => {
  if (text.length < 6) return text
  const named = withoutEmails(text)
  if (named.length < 13 || !/\d/.test(named)) return named
  const signed = named.includes("eyJ") ? named.replace(JWT, "[token]") : named
  return signed.replace(NAMED_KEY, "[token]").replace(CANDIDATE, token)
}

/** Words after which a path has something that only one person was given. */
const SECRET =
  /(\/(?:[a-z]{1,20}[-_])?(?:reset|tokens?|verify|verification|confirm|confirmation|activate|activation|invites?|invitations?|unsubscribe|magic|magiclink|recover|recovery|password|passwd|sso|impersonate)(?:[-_][a-z]{1,20})?\/)([^/]{8,})/gi
const SLUG = /^[a-z]*\d{0,4}(?:[-_][a-z]*\d{0,4})+$/i

const isSecret = (segment: string): boolean => ONLY_UUID.test(segment) || (/\d/.test(segment) && !SLUG.test(segment))

/** {@link scrub}, for a path: after words such as `reset` or `invite` everything that has digits and is no slug is a token, UUIDs too. */
export const scrubPath = (path: string): string =>
  scrub(path).replace(SECRET, (whole, before: string, segment: string) => (isSecret(segment) ? `${before}[token]` : whole))
