/** The format of an answer: its name as the request wrote it, and what the server calls its bytes. */
export interface AnswerFormat {
  readonly name: string
  readonly contentType: string | undefined
}

/** The statement whose rows (TabSeparated) `Formats` is made of. */
export const formatsQuery = "SELECT lower(name), content_type FROM system.formats WHERE is_output"

const jsonLines = new Set(["jsoneachrow", "jsonl", "jsonlines", "ndjson"])

/** Whether a format is JSONEachRow, by any of its names. */
export const isJsonLines = (format: string): boolean => jsonLines.has(format.toLowerCase())

/** The content types of all formats and their aliases, as the engine itself tells them. Names are the same in capitals and small letters. */
export class Formats {
  readonly #contentTypes: ReadonlyMap<string, string>

  constructor(rows: string) {
    this.#contentTypes = new Map(
      rows
        .split("\n")
        .filter((row) => row !== "")
        .map((row) => {
          const tab = row.indexOf("\t")
          return [row.slice(0, tab), row.slice(tab + 1)]
        }),
    )
  }

  /** `asArray`: the setting that makes one JSON array of JSON rows is on. */
  of(name: string, asArray: boolean): AnswerFormat {
    const contentType = asArray && isJsonLines(name) ? "application/json; charset=UTF-8" : this.#contentTypes.get(name.toLowerCase())
    return { name, contentType }
  }
}
