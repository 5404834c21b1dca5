/** Half of a surrogate pair as JSON.stringify writes it, after an even number of backslashes; ClickHouse refuses those. */
const HALF_PAIR = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g

/** Replaces lone surrogates in JSON text by U+FFFD, as UTF-8 would. Text without any is returned as it is. */
export const wellFormed = (json: string): string => (json.includes("\\ud") ? json.replace(HALF_PAIR, "$1\ufffd") : json)

/** From here on JSON.stringify may write an integer that no 64-bit type holds, which ClickHouse's JSON type refuses. */
const INTEGER_LIMIT = 2 ** 63

const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON

const asFloat = (_key: string, value: unknown): unknown =>
  typeof value === "number" && Math.abs(value) >= INTEGER_LIMIT ? rawJson(value.toExponential()) : value

/** Properties as JSON text that the JSON column takes; numbers beyond 64 bits become floating point. */
export const encodeProperties = (properties: Readonly<Record<string, unknown>> | undefined): string => {
  if (properties === undefined) return "{}"
  const text = JSON.stringify(properties)
  return /\d{19}/.test(text) ? JSON.stringify(properties, asFloat) : text
}
