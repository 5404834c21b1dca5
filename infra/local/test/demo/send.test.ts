import { createServer, type Server } from "node:http"
import { afterEach, expect, test } from "vitest"
import { history } from "../../src/demo/history.ts"
import { LiveTraffic } from "../../src/demo/live.ts"
import { readOptions } from "../../src/demo/options.ts"
import { progressLine } from "../../src/demo/progress.ts"
import { Random } from "../../src/demo/random.ts"
import { sendAll } from "../../src/demo/send.ts"
import { Unable } from "../../src/unable.ts"

const servers: Array<Server> = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

/** A server that answers by `answer(how many requests came before)` and keeps the ids of what it accepted. */
const listening = async (answer: (request: number) => { status: number; retryAfter?: string }) => {
  const accepted: Array<string> = []
  let requests = 0
  const server = createServer(async (request, response) => {
    const chunks: Array<Buffer> = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { status, retryAfter } = answer(requests++)
    const { events } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { events: Array<{ id: string }> }
    if (status === 202) accepted.push(...events.map((event) => event.id))
    response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter })
    response.end(JSON.stringify({ accepted: events.length, refused: 0, refusals: [] }))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return { ingestUrl: `http://127.0.0.1:${port}`, accepted, requests: () => requests }
}

const happenings = history({ seed: 5, from: Date.UTC(2026, 10, 18), to: Date.UTC(2026, 10, 22), much: { events: 1_600 } }).happenings

test("every event arrives exactly once although the server says 503 and 429 in between, and the known progress has no gaps", async () => {
  const server = await listening((request) =>
    request % 3 === 1 ? { status: request % 2 === 0 ? 429 : 503, retryAfter: "0.2" } : { status: 202 },
  )
  const seen: Array<number> = []
  const sender = { ingestUrl: server.ingestUrl, secretKey: "ffs_x", signal: new AbortController().signal }
  const sent = await sendAll(sender, happenings, { inFlight: 3, onSent: (contiguous) => seen.push(contiguous) })
  expect(server.accepted.toSorted()).toEqual(happenings.map((one) => one.event.id).toSorted())
  expect(sent).toEqual({ accepted: happenings.length, refused: 0 })
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBe(happenings.length)
})

test("a key that nobody knows ends it with what to do", async () => {
  const server = await listening(() => ({ status: 401 }))
  const sender = { ingestUrl: server.ingestUrl, secretKey: "ffs_x", signal: new AbortController().signal }
  await expect(sendAll(sender, happenings, { inFlight: 1, onSent: () => undefined })).rejects.toThrow("--again")
  expect(server.requests()).toBe(1)
})

test("Retry-After is waited for", async () => {
  const server = await listening((request) => (request === 0 ? { status: 503, retryAfter: "1" } : { status: 202 }))
  const waits: Array<boolean> = []
  const sender = {
    ingestUrl: server.ingestUrl,
    secretKey: "ffs_x",
    signal: new AbortController().signal,
    onWait: (waiting: boolean) => waits.push(waiting),
  }
  const started = Date.now()
  await sendAll(sender, happenings.slice(0, 10), { inFlight: 1, onSent: () => undefined })
  expect(Date.now() - started).toBeGreaterThanOrEqual(990)
  expect(waits).toEqual([true, false])
})

test("live traffic goes on as the past ended: in order, with timestamps of the present, and no busier than the model of its hours", () => {
  // A Tuesday, from 11:00 to 17:00 UTC.
  const noon = Date.UTC(2026, 10, 17, 11)
  const past = history({ seed: 6, from: noon - 2 * 86_400_000, to: noon, much: { events: 20_000 } })
  const until = noon + 6 * 3_600_000
  const live = new LiveTraffic(past, new Random(9), noon)
  const sent = []
  for (let now = noon; now < until; now += 1_000) {
    const due = live.due(now)
    for (const { at } of due) {
      expect(at).toBeGreaterThan(now - 1_001)
      expect(at).toBeLessThanOrEqual(now)
    }
    sent.push(...due)
  }
  expect(past.underway.length).toBeGreaterThan(0)
  for (const one of past.underway) expect(sent).toContain(one)
  const model = history({ seed: 7, from: noon, to: until, much: { pace: past.pace } }).happenings.length
  expect(sent.length / model).toBeGreaterThan(0.85)
  expect(sent.length / model).toBeLessThan(1.15)
})

test("options are read, and impossible ones refused in a sentence", () => {
  expect(readOptions([])).toMatchObject({ days: 90, events: 120_000, again: false, live: true })
  expect(readOptions(["--days", "7", "--events", "500", "--no-live", "--again"])).toMatchObject({
    days: 7,
    events: 500,
    again: true,
    live: false,
  })
  for (const wrong of [["--days", "0"], ["--events", "many"], ["--nope"], ["extra"]]) expect(() => readOptions(wrong)).toThrow(Unable)
})

test("the progress line says share, rate and time left", () => {
  expect(progressLine(10_000, 40_000, 10_000, 5_000)).toBe(" 25 %  10,000 of 40,000 events, 2,000 events/s, 15 s left")
  expect(progressLine(0, 40_000, 0, 0)).toBe("  0 %  0 of 40,000 events, 0 events/s")
})
