/** The parameters of an address, names in lower case, and where they say what they say. */
export type Parameters = ReadonlyMap<string, string>

/** Control characters have no place in what people read, and some cannot be asked for. */
const CONTROLS = /[\u0000-\u001f\u007f]/g

/** A value that a mailer encoded once more than needed. */
const decodedAgain = (value: string): string => {
  if (!/%[0-9a-f]{2}/i.test(value)) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/**
 * Reads parameters as they reach us in practice: names in any case, `&amp;` left by an HTML mail, a second question mark, lists as PHP
 * writes them (`name[]`), values that were encoded twice. Of several values the first that is not empty counts.
 */
export const parametersOf = (...texts: ReadonlyArray<string>): Parameters => {
  const parameters = new Map<string, string>()
  for (const text of texts) {
    if (text === "") continue
    for (const [name, value] of new URLSearchParams(text.replaceAll(/&amp;|\?/gi, "&"))) {
      const key = name.toLowerCase().replace(/\[\d*\]$/, "")
      if ((parameters.get(key) ?? "") === "") parameters.set(key, decodedAgain(value).replaceAll(CONTROLS, "").trim())
    }
  }
  return parameters
}
