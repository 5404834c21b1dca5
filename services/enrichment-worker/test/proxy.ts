import { createServer, connect, type Socket } from "node:net"

/** A TCP proxy that can be cut or fall silent: stands for an engine that goes away and comes back. */
export const proxyTo = async (url: string) => {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let open = true
  const server = createServer((incoming) => {
    if (!open) return void incoming.destroy()
    const outgoing = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from)
      from.on("error", () => undefined)
      from.on("close", () => {
        sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${address.port}` }).href,
    /** Breaks every connection; new ones are possible at once. */
    cut,
    /** The connections that are open now carry nothing any more, in either direction, and stay open. */
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause()
    },
    down: () => {
      open = false
      cut()
    },
    up: () => {
      open = true
    },
    close: () => {
      cut()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
