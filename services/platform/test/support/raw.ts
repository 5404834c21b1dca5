import { Effect } from "effect"
import { connect } from "node:net"

/** What a server sends until it closes the connection, when these bytes are sent to it. */
export const raw = (url: string, bytes: string) =>
  Effect.callback<string>((resume) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let answer = ""
    socket.setEncoding("latin1").on("data", (text) => (answer += text))
    socket.on("close", () => resume(Effect.succeed(answer)))
    socket.on("error", () => undefined)
    return Effect.sync(() => socket.destroy())
  })

/** The statuses of the answers in what a server sent. */
export const statuses = (sent: string) => [...sent.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
