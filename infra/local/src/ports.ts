import { createServer } from "node:net"
import { readObject, writeWhole } from "./state-file.ts"

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

const isPort = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value > 0 && value < 65_536

/** The ports that an earlier run wrote; an entry that is no port, and a file that cannot be read, count as none. */
const portsIn = (file: string): ReadonlyMap<string, number> =>
  new Map(Object.entries(readObject(file) ?? {}).filter((entry): entry is [string, number] => isPort(entry[1])))

/**
 * Ports by name, remembered in a file: a restart finds everything where it was. Where someone else took a remembered port meanwhile,
 * `moved` hears which other one is used for now; the file keeps the old one, and the next start tries it first. A port that is free now
 * may be taken before its program listens: a caller that finds it so says `lose`, and asks again.
 */
export class Ports {
  readonly #file: string
  readonly #moved: (name: string, from: number, to: number) => void
  readonly #remembered: ReadonlyMap<string, number>
  readonly #chosen = new Map<string, number>()
  readonly #lost = new Set<number>()
  #choosing: Promise<unknown> = Promise.resolve()

  constructor(file: string, moved: (name: string, from: number, to: number) => void = () => undefined) {
    this.#file = file
    this.#moved = moved
    this.#remembered = portsIn(file)
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
    const others = new Set(this.#lost)
    for (const known of [this.#remembered, this.#chosen]) for (const [other, port] of known) if (other !== name) others.add(port)
    const [remembered, last] = [this.#remembered.get(name), this.#chosen.get(name)]
    const port = (await this.#free(remembered)) ?? (await this.#free(last)) ?? (await freePort(wanted, others))
    this.#chosen.set(name, port)
    if (port === last) return port
    if (remembered === undefined) this.#write()
    else if (port !== remembered) this.#moved(name, remembered, port)
    return port
  }

  /** What was remembered stays, so only a name that is new changes the file. */
  #write(): void {
    writeWhole(this.#file, `${JSON.stringify(Object.fromEntries([...this.#chosen, ...this.#remembered]), null, 2)}\n`)
  }

  /** The port, while it may still be had. */
  async #free(port: number | undefined): Promise<number | undefined> {
    return port === undefined || this.#lost.has(port) || (await listenable(port)) === undefined ? undefined : port
  }
}
