import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { steps } from "@footfall/enrichment-worker/pipeline/fault"
import { sendUntilAccepted } from "../support/persistent-sender.ts"
import { storedRows, type StoredRows } from "../support/rows.ts"
import { toWire, traffic } from "../support/traffic.ts"
import { World } from "../support/world.ts"

/** A dead worker's partitions are taken over when its lease runs out; tests need not wait long for that. */
const SHORT_LEASE = { LEASE_MS: "1000" }

const FROM = Date.parse("2026-11-02T00:00:00Z")
const people = traffic({ seed: 11, visitors: 60, from: FROM, to: FROM + 3 * 86_400_000 })
/** Every tenth event is a bot's. */
const isBot = (index: number) => index % 10 === 9
const BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
const events = people.map((event, index) =>
  isBot(index) ? { ...event, visitor: { ...event.visitor, id: `bot-${index}`, userAgent: BOT } } : event,
)
/** The first events of some visitors come after everything else, so that visits which are stored already have to be corrected. */
const isLate = (event: (typeof events)[number], index: number) =>
  index > 20 &&
  Number(event.visitor.id.split("-")[2]) % 5 === 0 &&
  events.findIndex(({ visitor }) => visitor.id === event.visitor.id) === index
const onTime = events.filter((event, index) => !isLate(event, index))
const late = events.filter(isLate)
const counted = events.filter(({ visitor }) => visitor.userAgent !== BOT).length
const chunks = Array.from({ length: 30 }, (_, i) => onTime.slice((i * onTime.length) / 30, ((i + 1) * onTime.length) / 30)).filter(
  (chunk) => chunk.length > 0,
)

const sendAll = async (world: World, key: string) => {
  for (const chunk of chunks) {
    await sendUntilAccepted(world.ingest.url, key, chunk.map(toWire))
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  // One after the other, so that there are several batches with something to correct.
  await world.settled(45_000)
  for (const event of late) {
    await sendUntilAccepted(world.ingest.url, key, [toWire(event)])
    await world.settled(45_000)
  }
}

describe("the worker is killed at every step of the batch cycle", () => {
  let undisturbed: StoredRows

  beforeAll(async () => {
    const world = await World.start()
    try {
      const project = await world.project()
      await sendAll(world, project.secretKey)
      await world.settled()
      undisturbed = await storedRows(world, project.id)
    } finally {
      await world.stop()
    }
    const inSessions = undisturbed.sessions.reduce((sum, { pageviews, events }) => sum + Number(pageviews) + Number(events), 0)
    expect({ counted: undisturbed.events.length, inSessions, bots: undisturbed.bots.length }).toEqual({
      counted,
      inSessions: counted,
      bots: events.length - counted,
    })
  }, 90_000)

  for (const step of steps)
    it(`after any number of deaths at "${step}" the rows are those of the undisturbed run`, { timeout: 90_000 }, async () => {
      const world = await World.start({ workers: 0, env: SHORT_LEASE })
      let deaths = 0
      let ended = false
      // A worker that dies at its second visit to the step is replaced by another that does the same, three times; then by one that lives.
      const replacing = (async () => {
        while (!ended) {
          const worker = await world.addWorker(deaths < 3 ? { FAULT_AT: `${step}:2` } : {}, { ready: false })
          if (ended) await worker.stop()
          if ((await worker.exited) !== "SIGKILL") return
          deaths++
        }
      })()
      try {
        const project = await world.project()
        await sendAll(world, project.secretKey)
        await world.settled(45_000)
        expect(await storedRows(world, project.id)).toEqual(undisturbed)
        expect(deaths).toBeGreaterThan(0)
      } finally {
        ended = true
        await world.stop()
        await replacing
      }
    })
})

describe("two workers share the partitions", () => {
  let world: World
  beforeAll(async () => {
    world = await World.start({ workers: 2, env: SHORT_LEASE })
  }, 60_000)
  afterAll(() => world?.stop())

  it("one is killed, another joins, one leaves politely: nothing is lost and nothing is doubled", { timeout: 90_000 }, async () => {
    const project = await world.project()
    const sending = sendAll(world, project.secretKey)
    await world.workers[0]!.stop("SIGKILL")
    await world.addWorker()
    await world.workers[1]!.stop("SIGTERM")
    await sending
    await world.settled(45_000)
    const rows = await storedRows(world, project.id)
    expect(new Set(rows.events.map((row) => row["event_id"])).size).toBe(counted)
    expect(rows.sessions.every((row) => Number(row["current"]) === 1)).toBe(true)
  })
})
