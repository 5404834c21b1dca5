import { Effect } from "effect"
import { createConnection, createServer, type Server, type Socket } from "node:net"

/** A wire to a server that can be cut and mended, so that a test takes an engine away from one process only. */
export class Wire {
  private readonly server: Server
  private readonly ends = new Set<Socket>()
  private isCut = false

  private constructor(target: URL) {
    this.server = createServer((near) => {
      if (this.isCut) return near.destroy()
      const far = createConnection(Number(target.port), target.hostname)
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.ends.add(from)
        from.on("error", () => undefined).on("close", () => (this.ends.delete(from), to.destroy()))
        from.pipe(to)
      }
    })
  }

  /** The URL of the server at the other end, by way of this wire. */
  static readonly to = (url: string) =>
    Effect.acquireRelease(
      Effect.promise(async () => {
        const through = new URL(url)
        const wire = new Wire(new URL(url))
        await new Promise<void>((resolve) => wire.server.listen(0, "127.0.0.1", resolve))
        const address = wire.server.address()
        through.hostname = "127.0.0.1"
        through.port = String(typeof address === "object" && address !== null ? address.port : 0)
        return { wire, url: through.href }
      }),
      ({ wire }) => Effect.sync(() => (wire.cut(), wire.server.close())),
    )

  /** Ends every connection and refuses new ones. */
  cut() {
    this.isCut = true
    for (const end of this.ends) end.destroy()
  }

  mend() {
    this.isCut = false
  }
}
