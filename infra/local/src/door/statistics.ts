/** What a statement read from its tables. */
export interface ReadStatistics {
  readonly rows: number
  readonly bytes: number
}

const rowStart = Buffer.from('{"row":')
const newline = 0x0a

/**
 * Turns JSONEachRowWithProgress into JSONEachRow: chDB's own counters tell the rows of the answer, the engine's true ones travel with this
 * format only.
 */
export class RowsWithProgress {
  #carry: Buffer = Buffer.alloc(0)
  #read: ReadStatistics = { rows: 0, bytes: 0 }

  get read(): ReadStatistics {
    return this.#read
  }

  /** The complete rows of what has come so far. */
  rows(chunk: Buffer): Buffer {
    const input = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk])
    const output = Buffer.allocUnsafe(input.length)
    let written = 0
    let start = 0
    for (let end = input.indexOf(newline); end !== -1; end = input.indexOf(newline, start)) {
      if (input.compare(rowStart, 0, rowStart.length, start, Math.min(start + rowStart.length, end)) === 0) {
        written += input.copy(output, written, start + rowStart.length, end - 1)
        output[written++] = newline
      } else this.#notice(input.toString("utf8", start, end))
      start = end + 1
    }
    this.#carry = Buffer.from(input.subarray(start))
    return output.subarray(0, written)
  }

  #notice(line: string): void {
    const found = /^\{"progress":\{"read_rows":"?(\d+)"?,"read_bytes":"?(\d+)/.exec(line)
    if (found !== null) this.#read = { rows: Number(found[1]), bytes: Number(found[2]) }
  }
}

/** The statistics at the end of a JSON, JSONCompact or JSONStrings document; zeros for other formats, which carry none. */
export const statisticsOf = (format: string, document: Buffer): ReadStatistics => {
  if (!format.startsWith("JSON")) return { rows: 0, bytes: 0 }
  const found = /"rows_read":\s*(\d+),\s*"bytes_read":\s*(\d+)\s*\}\s*\}\s*$/.exec(document.subarray(-300).toString("utf8"))
  return { rows: Number(found?.[1] ?? 0), bytes: Number(found?.[2] ?? 0) }
}
