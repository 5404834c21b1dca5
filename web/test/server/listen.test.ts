import type { RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, expect, test } from "vitest"
import { answer } from "#server/answer.ts"
import { headersOf } from "#server/headers.ts"
import { serverOf } from "#server/listen.ts"
import { readSettings } from "#server/settings.ts"
import { ask, parts, raw } from "../support/raw.ts"

const settings = readSettings({ WEB_URL: "https://stats.example.com", ALLOWED_HOSTS: "footfall.internal, 10.0.0.7:3000" })
const stops: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** What the app was asked, as it sees it. */
const app: RequestListener = (request, response) =>
  void response.end(`${request.headers["x-forwarded-proto"]}://${request.headers["x-forwarded-host"]}${request.url}`)

const start = async (listener: RequestListener, slow = 60_000): Promise<number> => {
  const server = serverOf(listener, headersOf(settings), { head: slow, request: slow, unread: slow, check: 20 })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  stops.push(() => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()))
  return (server.address() as AddressInfo).port
}

const expectHeaders = (text: string) => {
  const { header } = parts(text)
  expect(header("content-security-policy"), text).toContain("default-src 'none'")
  expect(header("x-content-type-options"), text).toBe("nosniff")
  expect(header("x-frame-options"), text).toBe("DENY")
}

const expectProblem = (text: string, status: number) => {
  expect(parts(text).status, text).toBe(status)
  expect(parts(text).header("content-type")).toBe("application/problem+json")
  expect(JSON.parse(parts(text).body)).toMatchObject({ type: "about:blank", status })
  expectHeaders(text)
}

test("a host name that is not ours is told which setting to change, except for health", async () => {
  const port = await start(answer(settings, app))
  for (const host of ["evil.example", "evil.example:3000", "localhost.evil.example", "10.0.0.8", ""]) {
    const refused = await ask(port, "GET /login", `Host: ${host}`)
    expect(parts(refused).status, host).toBe(421)
    expect(parts(refused).body).toContain("WEB_URL")
    expect(parts(refused).body).toContain("ALLOWED_HOSTS")
    expectHeaders(refused)
    const live = await ask(port, "GET /health/live", `Host: ${host}`)
    expect(parts(live).status).toBe(200)
    expectHeaders(live)
  }
  expect(parts(await ask(port, "GET /login")).status).toBe(400)
})

test("our host names are answered with any port, and the app always sees WEB_URL", async () => {
  const port = await start(answer(settings, app))
  for (const host of ["stats.example.com", "localhost:8080", "LOCALHOST", "127.0.0.1:1", "[::1]:3000", "footfall.internal", "10.0.0.7"]) {
    const answered = await ask(port, "GET /x?y", `Host: ${host}`, "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: http")
    expect([parts(answered).status, parts(answered).body], host).toEqual([200, "https://stats.example.com/x?y"])
    expectHeaders(answered)
  }
})

test("who comes by another name of this machine is led to WEB_URL, where forms and sessions are", async () => {
  const local = { ...settings, webUrl: new URL("http://localhost:3000") }
  const port = await start(answer(local, app))
  for (const host of ["127.0.0.1:3000", "[::1]:3000"]) {
    const led = parts(await ask(port, "GET /setup?x=//y", `Host: ${host}`))
    expect([led.status, led.header("location")], host).toEqual([307, "http://localhost:3000/setup?x=//y"])
    expect(parts(await ask(port, "GET /health/live", `Host: ${host}`)).status).toBe(200)
  }
  // Behind a published port or an allowed name WEB_URL may not be within reach.
  for (const host of ["localhost:3000", "127.0.0.1:8080", "127.0.0.1", "10.0.0.7:3000"])
    expect(parts(await ask(port, "GET /x", `Host: ${host}`)).status, host).toBe(200)
})

test("what is sent from a page of any other origin is refused, whatever the Host header says", async () => {
  const port = await start(answer(settings, app))
  const post = (origin: string, host = "localhost") =>
    ask(port, "POST /login", `Host: ${host}`, `Origin: ${origin}`, "Content-Type: text/plain", "Content-Length: 0")
  expect(parts(await post("https://stats.example.com")).status).toBe(200)
  for (const origin of ["https://evil.example", "http://stats.example.com", "http://localhost", "null", "https://stats.example.com:444"]) {
    const refused = await post(origin)
    expect(parts(refused).status, origin).toBe(403)
    expect(parts(refused).body).toContain("WEB_URL")
    expectHeaders(refused)
  }
})

test("what is no request is answered with a problem and the headers of every answer", async () => {
  const port = await start(answer(settings, app))
  expectProblem(await raw(port, "NONSENSE\r\n\r\n"), 400)
  expectProblem(await ask(port, "GET /", "Host: localhost", `X: ${"x".repeat(20_000)}`), 431)
})

test("a head and a body that take too long are answered 408", async () => {
  const waiting: RequestListener = (request, response) => void request.resume().once("end", () => response.end("whole"))
  const port = await start(waiting, 100)
  expectProblem(await raw(port, "GET / HTTP/1.1\r\nHost: localhost\r\n"), 408)
  expectProblem(await raw(port, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc"), 408)
})

test("a client that takes nothing of its answer is cut off, and no request gets two answers", async () => {
  const endless: RequestListener = (_request, response) => {
    const block = Buffer.alloc(65_536)
    const more = () => {
      while (!response.destroyed && response.write(block));
    }
    response.on("drain", more)
    more()
  }
  let closed: () => void = () => {}
  const cut = new Promise<void>((resolve) => (closed = resolve))
  const port = await start((request, response) => {
    response.once("close", closed)
    endless(request, response)
  }, 100)
  const { connect } = await import("node:net")
  const reader = connect(port, "127.0.0.1", () => reader.pause().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
  reader.on("error", () => {})
  await cut
  reader.destroy()

  const half = await start((_request, response) => void response.write("half"), 60_000)
  const text = await raw(half, "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n")
  expect(text.match(/HTTP\/1\.1/g)?.length ?? 0).toBeLessThanOrEqual(1)
})

test("an offer to upgrade and an unknown expectation are answered as if they had not been made", async () => {
  const port = await start(answer(settings, app))
  for (const offer of ["Upgrade: websocket", "Upgrade: h2c"])
    expect(parts(await raw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\n${offer}\r\n\r\n`)).status).toBe(200)
  expect(parts(await ask(port, "GET /", "Host: localhost", "Expect: a-miracle")).status).toBe(200)
})
