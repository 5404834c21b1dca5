import { createServer, request } from "node:http"

/** An HTTP proxy in front of ClickHouse that can refuse whatever it is asked, in ClickHouse's own words. */
export const refusingDoor = async (url: string) => {
  const target = new URL(url)
  let code: number | undefined
  let refusals = 0
  const server = createServer((incoming, answer) => {
    if (code !== undefined) {
      refusals++
      incoming.resume()
      answer.writeHead(403, { "X-ClickHouse-Exception-Code": code })
      return void answer.end(`Code: ${code}. DB::Exception: Refused by the test. (REFUSED)`)
    }
    const { method, headers, url: path } = incoming
    const options = { host: target.hostname, port: target.port, method, path, headers: { ...headers, host: target.host } }
    const onward = request(options, (answered) => {
      answer.writeHead(answered.statusCode ?? 500, answered.headers)
      answered.pipe(answer)
    })
    onward.on("error", () => answer.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${address.port}` }).href,
    /** From now on everything is refused with this code; nothing is when there is none. */
    refuse: (by: number | undefined) => {
      code = by
    },
    /** How often something was refused. */
    refusals: () => refusals,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
