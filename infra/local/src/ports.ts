import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"

/** The port that a listener gets (0: any free one), or undefined when it is taken; a machine without that address has it free. */
const listenableOn = (host: string, port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once("error", (cause: NodeJS.ErrnoException) =>
      resolve(cause.code === "EADDRINUSE" || cause.code === "EACCES" ? undefined : port),
    )
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(address !== null && typeof address === "object" ? address.port : undefined))
    })
  })

/** Free on both addresses of "localhost": a browser that asks for it must not meet a stranger on the other one. */
const listenable = async (wanted: number): Promise<number | undefined> => {
  const port = await listenableOn("127.0.0.1", wanted)
  return port === undefined ? undefined : await listenableOn("::1", port)
}

/** A port of this machine that nobody listens on now, `wanted` or one of the next fifty; any for `wanted` 0. Never one of `taken`. */
export const freePort = async (wanted = 0, taken: ReadonlySet<number> = new Set()): Promise<number> => {
  for (let i = 0; i < 50; i++) {
    const asked = wanted === 0 ? 0 : wanted + i
    const port = taken.has(asked) ? undefined : await listenable(asked)
    if (port !== undefined && !taken.has(port)) return port
  }
  throw new Error(`No free port from ${wanted} to ${wanted + 49} on 127.0.0.1.`)
}

/**
 * Ports by name, remembered in a file: a restart finds everything where it was. A remembered port that someone else took meanwhile
 * is replaced. A port that is free now may be taken before its program listens: whoever finds it so says `lose`, and asks again.
 */
export class Ports {
  readonly #file: string
  readonly #known: Record<string, number>
  readonly #lost = new Set<number>()
  #choosing: Promise<unknown> = Promise.resolve()

  constructor(file: string) {
    this.#file = file
    this.#known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}
  }

  /** The port of `name`; the first time a free one from `wanted` on. Never one that was lost. */
  of(name: string, wanted = 0): Promise<number> {
    const chosen = this.#choosing.then(() => this.#choose(name, wanted))
    this.#choosing = chosen.catch(() => undefined)
    return chosen
  }

  /** Somebody else was faster: this port is not chosen again. */
  lose(port: number): void {
    this.#lost.add(port)
  }

  async #choose(name: string, wanted: number): Promise<number> {
    const others = Object.entries(this.#known).flatMap(([other, port]) => (other === name ? [] : [port]))
    const last = this.#known[name]
    const again = last !== undefined && !this.#lost.has(last) && (await listenable(last)) !== undefined
    const port = again ? last : await freePort(wanted, new Set([...others, ...this.#lost]))
    this.#known[name] = port
    writeFileSync(this.#file, `${JSON.stringify(this.#known, null, 2)}\n`)
    return port
  }
}
