import { execFileSync } from "node:child_process"
import { closeSync, constants, existsSync, mkdirSync, openSync, rmSync } from "node:fs"
import { Socket } from "node:net"
import { join } from "node:path"

/** A named pipe that the engine writes an answer into while we read it. */
export interface AnswerPipe {
  readonly path: string
  readonly reader: Socket
  /** Nothing more will be written: the reader ends once it has drained the pipe. */
  finish(): void
}

/** A fixed set of named pipes, one per statement that may run at once. */
export class Pipes {
  readonly #free: Array<string>

  constructor(folder: string, count: number) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#free = Array.from({ length: count }, (_, i) => join(folder, `answer-${i}`))
    execFileSync("mkfifo", ["-m", "600", ...this.#free])
  }

  /** Opens a pipe nobody else uses. Give it back only when the statement that writes into it has settled. */
  open(): AnswerPipe {
    const path = this.#free.pop()
    if (path === undefined || !existsSync(path)) throw new Error("no free pipe")
    // The second, writing end keeps the reader from seeing an end before the engine has opened the pipe.
    const keeper = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
    const reader = new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false })
    let finished = false
    return {
      path,
      reader,
      finish: () => {
        if (!finished) closeSync(keeper)
        finished = true
      },
    }
  }

  giveBack(pipe: AnswerPipe): void {
    pipe.finish()
    this.#free.push(pipe.path)
  }
}
