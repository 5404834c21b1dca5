/** The most events of a batch, as the contract says. */
export const MAX_EVENTS = 500

/** What is nested deeper than this is not looked through: no batch is. */
const MAX_DEPTH = 100
/** A key is not longer than this, in bytes, nor is a name that we look for, however it is escaped. */
const MAX_TEXT_BYTES = 1_024

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const BLANKS: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d])

/** By byte, whether it says anything about the structure. */
const structural = new Uint8Array(256)
for (const byte of [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT]) structural[byte] = 1

/** With what the name of a member that matters begins, in JSON: itself or an escape. */
const MEMBER_BYTES: ReadonlySet<number | undefined> = new Set([0x6b, 0x65, BACKSLASH])

/** The members of a batch that matter here. */
type Member = "key" | "events" | undefined

/** The text of a string as it stands in JSON, or none when it is malformed. */
const unescaped = (text: string): string | undefined => {
  if (!text.includes("\\")) return text
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return undefined
  }
}

/**
 * Looks through the JSON of a batch without building anything: for the text of `key`, and for more `events` than a batch may have.
 * Takes the bytes part by part, some 2 ns each. It judges nothing else, so what it finds has to be compared with what JSON.parse
 * says; of several keys it finds the first.
 */
export class EnvelopeScan {
  /** The text of `key`; undefined as long as it was not met. */
  key: string | undefined
  /** Whether `events` has more than {@link MAX_EVENTS} members. */
  tooMany = false

  /** Whether nothing more can be found: the object is over, there is none, or it is no batch. */
  private over = false
  private hasBegun = false
  private depth = 0
  private expectsName = false
  private member: Member
  private inEvents = false
  private commas = 0

  private inString = false
  private isEscaped = false
  /** Of a string that began in an earlier part. */
  private pieces: Array<Buffer> = []
  private unseen: Buffer | undefined

  /** Goes on with these bytes, up to a key when none was met before; what lies behind it is looked through by the next call. */
  see(part: Buffer): void {
    const before = this.unseen
    this.unseen = undefined
    if (before !== undefined) this.read(before)
    this.read(part)
  }

  /** Whether the next part could tell anything about the key. */
  get awaitsKey(): boolean {
    return this.key === undefined && !this.over && !this.tooMany
  }

  private read(bytes: Buffer): void {
    const hadKey = this.key !== undefined
    let at = this.hasBegun ? 0 : this.begin(bytes)
    while (at < bytes.length && !this.over && !this.tooMany) {
      if (!hadKey && this.key !== undefined) {
        this.unseen = bytes.subarray(at)
        return
      }
      at = this.inString ? this.string(bytes, at) : this.structure(bytes, at)
    }
  }

  /** Goes behind the brace with which a batch begins. */
  private begin(bytes: Buffer): number {
    let at = 0
    while (BLANKS.has(bytes[at])) at++
    if (at === bytes.length) return at
    this.hasBegun = true
    this.over = bytes[at] !== OPEN_OBJECT
    this.depth = 1
    this.expectsName = true
    return at + 1
  }

  /** Reads up to the beginning of the next string; gives where it went to. */
  private structure(bytes: Buffer, from: number): number {
    let { depth, commas } = this
    let at = from
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number
      if (structural[byte] === 0) continue
      if (byte === QUOTE) {
        this.inString = true
        at++
        break
      }
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (++depth === 2 && byte === OPEN_LIST && this.member === "events" && !this.expectsName) {
          this.inEvents = true
          commas = 0
        } else if (depth > MAX_DEPTH) this.over = true
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (--depth === 1) this.inEvents = false
        else if (depth === 0) this.over = true
      } else if (depth === 1) {
        this.expectsName = byte === COMMA
        if (byte === COMMA) this.member = undefined
      } else if (depth === 2 && byte === COMMA && this.inEvents && ++commas >= MAX_EVENTS) this.tooMany = true
      if (this.over || this.tooMany) break
    }
    this.depth = depth
    this.commas = commas
    return at
  }

  /** Reads up to the end of the string; gives where it went to. */
  private string(bytes: Buffer, from: number): number {
    let isEscaped = this.isEscaped
    let at = from
    for (; at < bytes.length; at++) {
      const byte = bytes[at]
      if (isEscaped) isEscaped = false
      else if (byte === BACKSLASH) isEscaped = true
      else if (byte === QUOTE) break
    }
    this.isEscaped = isEscaped
    const isOver = at < bytes.length
    if (this.depth === 1 && (this.expectsName || this.member === "key")) this.text(bytes, from, at, isOver)
    this.inString = !isOver
    return isOver ? at + 1 : at
  }

  /** Takes note of a name, or of the text of the key. */
  private text(bytes: Buffer, from: number, to: number, isOver: boolean): void {
    if (isOver && this.expectsName && this.pieces.length === 0 && !MEMBER_BYTES.has(bytes[from])) return
    if (this.pieces.length === 0 || Buffer.concat(this.pieces).length <= MAX_TEXT_BYTES) this.pieces.push(bytes.subarray(from, to))
    if (!isOver) return
    const raw = Buffer.concat(this.pieces)
    this.pieces = []
    const text = raw.length > MAX_TEXT_BYTES ? "" : unescaped(raw.toString("utf8"))
    if (!this.expectsName) this.key ??= text
    else this.member = text === "key" || text === "events" ? text : undefined
  }
}
