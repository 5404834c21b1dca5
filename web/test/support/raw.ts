import { connect } from "node:net"

/** Sends these bytes and collects what comes back until the connection ends. */
export const raw = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ""
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes))
    socket.setEncoding("utf8").on("data", (part) => (text += part))
    socket.once("error", reject)
    socket.once("close", () => resolve(text))
  })

/** One request with these header lines, answered and closed; gives the whole answer as text. */
export const ask = (port: number, line: string, ...headers: ReadonlyArray<string>): Promise<string> =>
  raw(port, `${[`${line} HTTP/1.1`, ...headers, "Connection: close"].join("\r\n")}\r\n\r\n`)

/** Status, a header by name and the body of an answer. */
export const parts = (answer: string) => {
  const [head = "", ...rest] = answer.split("\r\n\r\n")
  const lines = head.split("\r\n")
  return {
    status: Number(lines[0]?.split(" ")[1]),
    header: (name: string) =>
      lines
        .find((line) => line.toLowerCase().startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim(),
    body: rest.join("\r\n\r\n"),
  }
}
