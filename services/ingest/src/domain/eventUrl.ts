import { invalid, type Refused } from "./Refused.ts"

/** The longest path that is kept, in characters of its percent-encoded form. */
export const MAX_PATH = 2_048

/**
 * Addresses that the URL parser (WHATWG) gives back unchanged: a plain host in lower case that is no number and no punycode,
 * no port, no dot segments, nothing to encode. Most are such, and parsing them took a quarter of the decision on an event.
 */
const AS_IT_IS =
  /^https?:\/\/(?:(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*(?!xn--)[a-z](?:[a-z0-9-]*[a-z0-9])?\/(?!\.)(?:[\w~!$&()*+,;=:@-]|[\w~!$&()*+,;=:@-]\.|\/(?!\.))*(?:\?[\w.~!$&()*+,;=:@/?%-]*)?(?:#[\w.~!$&()*+,;=:@/?%-]*)?$/

/**
 * The address of a page as it is logged: the host in lower case, international letters encoded, no user name and password.
 * Refused when it is no address or its path is too long.
 */
export const eventUrl = (text: string): string | Refused => {
  if (text.length <= MAX_PATH && AS_IT_IS.test(text)) return text
  const url = URL.parse(text)
  if (url === null) return invalid("/url", "Expected a full http or https address")
  if (url.pathname.length > MAX_PATH) return invalid("/url", `Expected a path with at most ${MAX_PATH} characters`)
  return withoutCredentials(url)
}

/** The referrer as it is logged: as it came, but without user name and password. */
export const eventReferrer = (text: string): string => {
  if (!text.includes("@")) return text.toWellFormed()
  const url = URL.parse(text)
  return url === null ? "" : withoutCredentials(url)
}

const withoutCredentials = (url: URL): string => {
  if (url.href.includes("@")) {
    url.username = ""
    url.password = ""
  }
  return url.href
}
