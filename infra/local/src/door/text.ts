const literalEscapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  "\0": "\\0",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
}

/** A ClickHouse string literal that holds exactly `value`. */
export const literal = (value: string): string => `'${value.replace(/[\\'\0\n\r\t\b\f]/g, (c) => literalEscapes[c] ?? c)}'`

/** A quoted ClickHouse identifier that names exactly `value`. */
export const identifier = (value: string): string => `\`${value.replace(/[\\`]/g, "\\$&")}\``
