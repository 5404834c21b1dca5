import { domainToUnicode } from "node:url"

const SCRIPTS = [
  /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+$/u,
  ...["Cyrillic", "Greek", "Arabic", "Hebrew", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu", "Kannada"],
  ...["Malayalam", "Sinhala", "Thai", "Lao", "Khmer", "Myanmar", "Georgian", "Armenian", "Ethiopic"],
].map((script) => (typeof script === "string" ? new RegExp(`^[\\p{Script=${script}}0-9-]+$`, "u") : script))

/** Cyrillic and Greek letters that look like Latin ones: a label of nothing else may be made to deceive. */
const LOOK_LATIN = /^[асԁеһіјӏоррԛѕԝхуъЬҽпгωνορικτυαεη0-9-]+$/u
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Z}]/u

const isShown = (label: string, end: string): boolean =>
  !INVISIBLE.test(label) && SCRIPTS.some((script) => script.test(label)) && (!LOOK_LATIN.test(label) || !/^[a-z]/.test(end))

/**
 * A host as people read it: without a final dot, and punycode as the letters that it stands for. A label stays punycode when it
 * mixes scripts, or consists of letters that look like Latin ones under an end in Latin: both are used to look like another's name.
 */
export const displayHost = (host: string): string => {
  const dotless = host.endsWith(".") ? host.slice(0, -1) : host
  if (!dotless.includes("xn--")) return dotless
  const shown = domainToUnicode(dotless).split(".")
  const sent = dotless.split(".")
  if (shown.length !== sent.length) return dotless
  const end = shown.at(-1) ?? ""
  return sent.map((label, place) => (isShown(shown[place] ?? "", end) ? shown[place] : label)).join(".")
}
