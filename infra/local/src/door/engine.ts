import { randomUUID } from "node:crypto"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { engineArguments, maxRunning } from "./config.ts"
import { Formats, formatsQuery } from "./formats.ts"
import { loadNative, type Connection, type Native, type NativeInserted, type NativeResult } from "./native.ts"
import { Pipes } from "./pipes.ts"
import { intoFile, type Statement } from "./statement.ts"
import { literal } from "./text.ts"
import { Turns } from "./turns.ts"

type Read = Extract<Statement, { kind: "read" }>

/** The running answer of a read: its bytes while it runs, the counters (or the engine's error) when it has settled. */
export interface Reading {
  readonly chunks: AsyncIterable<Buffer>
  readonly settled: Promise<NativeResult>
}

/**
 * chDB, opened once on one directory. Every statement gets a connection of its own (0.2 ms), prepared with the settings of its
 * request and closed after it: nothing, an error's half-written output included, can reach the next request.
 */
export class Engine {
  readonly #native: Native
  readonly #data: string
  readonly #arguments: ReadonlyArray<string>
  readonly #pipes: Pipes
  readonly #turns = new Turns(maxRunning)
  /** Held open for the process's life: the engine shuts down with its last connection. */
  readonly #keeper: Connection
  #formats = new Formats("")
  #closed = false

  /** Opens the engine's data in a folder, which is made when it is missing. */
  static async open(folder: string): Promise<Engine> {
    const engine = new Engine(folder)
    const { bytes } = await engine.command(formatsQuery, "", "TabSeparated", new AbortController().signal)
    engine.#formats = new Formats(Buffer.from(bytes).toString("utf8"))
    return engine
  }

  private constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#data = join(folder, "engine")
    this.#arguments = engineArguments(folder)
    this.#pipes = new Pipes(join(folder, "answers"), maxRunning)
    this.#native = loadNative()
    this.#keeper = this.#native.CreateConnection(this.#data, this.#arguments)
  }

  /** What the engine can answer in. */
  get formats(): Formats {
    return this.#formats
  }

  /** Runs a statement whose answer is small (DDL, INSERT ... SELECT, KILL): the answer arrives whole. Never cancelled. */
  command(sql: string, prepare: string, format: string, signal: AbortSignal): Promise<NativeResult> {
    return this.#connected(prepare, signal, (connection) => this.#native.QueryAsyncConnection(connection, sql, format))
  }

  /** Inserts `data`, bytes in the format that `head` names; an empty `head` means that the data begin with the statement. */
  insert(head: string, data: Buffer, prepare: string, signal: AbortSignal): Promise<NativeInserted> {
    return this.#connected(prepare, signal, (connection) => this.#native.InsertRawAsyncConnection(connection, head, data, false))
  }

  /**
   * Runs a read through a named pipe: the engine formats one document on its own threads, we read it as it comes, and a full pipe
   * holds the engine back. `use` gets the answer while it runs; aborting kills the statement. Settles when the engine has let go.
   */
  read<A>(read: Read, prepare: string, format: string, signal: AbortSignal, use: (reading: Reading) => Promise<A>): Promise<A> {
    return this.#connected(prepare, signal, async (connection) => {
      const tag = `/* door ${randomUUID()} */`
      const pipe = this.#pipes.open()
      let running = true
      const settled = this.#native
        .QueryAsyncConnection(connection, `${tag} ${intoFile(read, literal(pipe.path), format)}`, format)
        .finally(() => {
          running = false
          pipe.finish()
        })
      settled.catch(() => undefined)
      const kill = () => void this.#kill(tag, () => running).catch(() => undefined)
      signal.addEventListener("abort", kill, { once: true })
      try {
        return await use({ chunks: pipe.reader.iterator({ destroyOnReturn: false }), settled })
      } finally {
        signal.removeEventListener("abort", kill)
        if (running && !signal.aborted) kill()
        // A killed statement may sit in a write to the full pipe, or not have opened it yet: it is drained, never closed in its face.
        pipe.reader.on("error", () => undefined).resume()
        await settled.catch(() => undefined)
        pipe.reader.destroy()
        this.#pipes.giveBack(pipe)
      }
    })
  }

  /**
   * Waits for what runs, at most eight seconds, then closes the directory and tells true. False when statements run still: to close
   * beneath them is not safe, to kill the process is, for what was acknowledged is on the disk.
   */
  async close(): Promise<boolean> {
    if (this.#closed) return true
    this.#closed = true
    const deadline = AbortSignal.timeout(8000)
    try {
      for (let i = 0; i < maxRunning; i++) await this.#turns.take(deadline)
    } catch {
      return false
    }
    this.#native.CloseConnection(this.#keeper)
    return true
  }

  async #connected<A>(prepare: string, signal: AbortSignal, use: (connection: Connection) => Promise<A>): Promise<A> {
    await this.#turns.take(signal)
    const connection = this.#native.CreateConnection(this.#data, this.#arguments)
    try {
      if (prepare !== "") await this.#native.QueryAsyncConnection(connection, prepare, "TabSeparated")
      return await use(connection)
    } finally {
      this.#native.CloseConnection(connection)
      this.#turns.end()
    }
  }

  /** chDB gives queries ids of its own, so a statement is found by the comment it begins with; it may not have begun yet. */
  async #kill(tag: string, running: () => boolean): Promise<void> {
    for (let wait = 5; running(); wait = Math.min(wait * 2, 500)) {
      const connection = this.#native.CreateConnection(this.#data, this.#arguments)
      try {
        await this.#native.QueryAsyncConnection(connection, `KILL QUERY WHERE startsWith(query, ${literal(tag)}) ASYNC`, "TabSeparated")
      } finally {
        this.#native.CloseConnection(connection)
      }
      await pause(wait)
    }
  }
}
