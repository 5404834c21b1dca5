import { beforeAll, describe, expect, it } from "vitest"
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
  // A few at a time, so that there are several batches with something to correct.
  await world.settled(120_000)
  for (let sent = 0; sent < late.length; sent += 3) {
    await sendUntilAccepted(world.ingest.url, key, late.slice(sent, sent + 3).map(toWire))
    await world.settled(120_000)
  }
}

/** Each step once, the corrections last, for which visits have to be stored first. */
const deaths = [...steps.filter((step) => !step.startsWith("correct")), ...steps.filter((step) => step.startsWith("correct"))]

describe("between ingest and the warehouse", () => {
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
  }, 180_000)

  // Each step again and again is in the worker's own tests.
  it("one worker after another dies, at another step of the batch cycle each, and the rows are those of the undisturbed run", async () => {
    const world = await World.start({ workers: 0, env: SHORT_LEASE })
    const left = [...deaths]
    let ended = false
    const replacing = (async () => {
      while (!ended) {
        const [step] = left
        const worker = await world.addWorker(step === undefined ? {} : { FAULT_AT: step }, { ready: false })
        if (ended) await worker.stop()
        if ((await worker.exited) !== "SIGKILL") return
        left.shift()
      }
    })()
    try {
      const project = await world.project()
      await sendAll(world, project.secretKey)
      await world.settled(120_000)
      expect(await storedRows(world, project.id)).toEqual(undisturbed)
      expect(left).toEqual([])
    } finally {
      ended = true
      await world.stop()
      await replacing
    }
  }, 300_000)

  it("of two workers that share the partitions one is killed, another joins, one leaves politely, and the rows are the same", async () => {
    const world = await World.start({ workers: 2, env: SHORT_LEASE })
    try {
      const project = await world.project()
      const sending = sendAll(world, project.secretKey)
      await world.workers[0]!.stop("SIGKILL")
      await world.addWorker()
      await world.workers[1]!.stop("SIGTERM")
      await sending
      await world.settled(120_000)
      expect(await storedRows(world, project.id)).toEqual(undisturbed)
    } finally {
      await world.stop()
    }
  }, 300_000)
})
