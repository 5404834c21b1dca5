import { domainToUnicode } from "node:url"

/** Scripts that are written together in one word: Japanese and Korean mix theirs, everything else keeps to one. */
const ONE_SCRIPT = [
  /^[\p{Script=Latin}\p{N}-]+$/u,
  /^[\p{Script=Cyrillic}\p{N}-]+$/u,
  /^[\p{Script=Greek}\p{N}-]+$/u,
  /^[\p{Script=Arabic}\p{N}-]+$/u,
  /^[\p{Script=Hebrew}\p{N}-]+$/u,
  /^[\p{Script=Devanagari}\p{N}-]+$/u,
  /^[\p{Script=Thai}\p{N}-]+$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{N}-]+$/u,
  /^[\p{Script=Han}\p{Script=Hangul}\p{N}-]+$/u,
]

/** Letters that look like others of another script can make a name look like a known one, also where all of them are of one script. */
const LOOKS_LATIN = /^[\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u04cf\u0501\u051b\u051d\u03bf\u03b1-]+$/u

/**
 * A host as people read it: international names in their own letters instead of punycode (`müller.de`). A label whose letters are of
 * several scripts, or look like Latin ones, stays in punycode: it may be made to be taken for another.
 */
export const displayHost = (host: string): string => {
  if (!host.includes("xn--")) return host
  const labels = host.split(".").map((label) => {
    if (!label.startsWith("xn--")) return label
    const text = domainToUnicode(label)
    return text !== "" && ONE_SCRIPT.some((script) => script.test(text)) && !LOOKS_LATIN.test(text) ? text : label
  })
  return labels.join(".")
}
