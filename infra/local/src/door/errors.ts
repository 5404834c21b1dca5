/** An error in ClickHouse's own words, with its number and the HTTP status that ClickHouse answers for it. */
export class EngineError extends Error {
  readonly code: number
  readonly status: number

  constructor(message: string, code: number, status = statusOf(code)) {
    super(message)
    this.name = "EngineError"
    this.code = code
    this.status = status
  }
}

const statuses = new Map<number, ReadonlyArray<number>>([
  [
    400,
    [
      6, 7, 8, 10, 16, 20, 25, 26, 27, 32, 33, 34, 35, 36, 38, 41, 42, 43, 44, 47, 50, 53, 57, 62, 69, 70, 72, 117, 130, 131, 179, 184, 190,
      206, 215, 321, 349, 452, 456, 457, 467, 595,
    ],
  ],
  [401, [194]],
  [403, [192, 193, 497, 516]],
  [404, [46, 52, 60, 63, 73, 75, 78, 81, 115, 511]],
  [408, [159]],
  [413, [307]],
  [501, [48]],
  [503, [202, 209, 439]],
])

const statusOf = (code: number): number => {
  for (const [status, codes] of statuses) if (codes.includes(code)) return status
  return 500
}

/** Puts whatever the engine threw into ClickHouse's form: `Code: N. DB::Exception: text. (NAME)`. */
export const engineError = (thrown: unknown): EngineError => {
  if (thrown instanceof EngineError) return thrown
  const text = (thrown instanceof Error ? thrown.message : String(thrown)).trim()
  const number = /Code: (\d+)/.exec(text)?.[1]
  return number === undefined ? refuse(1002, text || "unknown error", "UNKNOWN_EXCEPTION") : new EngineError(text, Number(number))
}

/** An error of the door itself, in ClickHouse's form. */
export const refuse = (code: number, text: string, name: string, status?: number): EngineError =>
  new EngineError(`Code: ${code}. DB::Exception: ${text} (${name})`, code, status)
