import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { corner, type Corner } from "./corner.ts"
import { eventually } from "./eventually.ts"
import { outcomeOf } from "./pipeline/inMemory.ts"
import { storedRows, waiting } from "./stored.ts"
import { steps } from "../src/pipeline/fault.ts"
import { entriesOf, lateGroupsOf, partitionOfGroup, trafficOf } from "./traffic.ts"

const PARTITIONS = 2
const onTime = trafficOf({ seed: 21, groups: 160, visitors: 14 })
const late = lateGroupsOf(onTime)
const groups = [...onTime, ...late]
const entries = entriesOf(onTime, PARTITIONS, 3)
const lateEntries = late.map((group) => ({ partition: partitionOfGroup(group, PARTITIONS), batch: { groups: [group] } }))

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const appendAll = async (place: Corner) => {
  for (const entry of entries) {
    await place.append([entry])
    await pause(15)
  }
  // What is late finds its visits in the warehouse, in several batches.
  await drained(place)
  for (const entry of lateEntries) {
    await place.append([entry])
    await pause(100)
  }
}

const drained = (place: Corner) =>
  eventually(
    () => waiting(place),
    (count) => count === 0,
    40_000,
  )

const withCorner = async (use: (place: Corner) => Promise<void>) => {
  const place = await corner(PARTITIONS)
  try {
    await use(place)
  } finally {
    await place.close()
  }
}

describe("whatever happens to workers, the rows are those of the undisturbed run", () => {
  let undisturbed: Awaited<ReturnType<typeof storedRows>>

  beforeAll(async () => {
    await withCorner(async (place) => {
      place.worker()
      await appendAll(place)
      await drained(place)
      undisturbed = await storedRows(place)
    })
  })

  it("which hold every event of the log once, every bot apart, and one current row per session", () => {
    const outcomes = Array.from({ length: PARTITIONS }, (_, partition) =>
      outcomeOf([{ groups: groups.filter((group) => partitionOfGroup(group, PARTITIONS) === partition) }]),
    )
    const count = (of: (outcome: (typeof outcomes)[number]) => ReadonlyArray<unknown>) =>
      outcomes.reduce((sum, outcome) => sum + of(outcome).length, 0)
    expect(undisturbed.events).toHaveLength(count(({ events }) => events))
    expect(undisturbed.botEvents).toHaveLength(count(({ botEvents }) => botEvents))
    expect(undisturbed.sessions).toHaveLength(count(({ sessions }) => sessions))
    expect(undisturbed.sessions.every((session) => Number(session["current"]) === 1)).toBe(true)
    const inSessions = undisturbed.sessions.reduce((sum, session) => sum + Number(session["pageviews"]) + Number(session["events"]), 0)
    expect(inSessions).toBe(undisturbed.events.length)
  })

  for (const step of steps)
    it(
      `killed at "${step}" again and again`,
      () =>
        withCorner(async (place) => {
          const ends: Array<unknown> = []
          const finished = appendAll(place).then(() =>
            eventually(
              () => waiting(place),
              (count) => count === 0,
              50_000,
            ),
          )
          for (let n = 0; n < 3; n++) {
            const { exited } = place.worker({ FAULT_AT: `${step}:${1 + (n % 2)}` })
            void exited.then((end) => ends.push(end))
            await Promise.race([exited, finished])
          }
          place.worker()
          await finished
          await eventually(
            async () => ends,
            (all) => all.includes("SIGKILL"),
          )
          await drained(place)
          expect(await storedRows(place)).toEqual(undisturbed)
        }),
      60_000,
    )

  it("two share the partitions while one joins, one is killed, and one leaves politely", { timeout: 60_000 }, () =>
    withCorner(async (place) => {
      const first = place.worker()
      await eventually(
        async () => first.output(),
        (output) => output.includes('"partition":1'),
      )
      const appending = appendAll(place)
      const second = place.worker()
      await eventually(
        async () => second.output(),
        (output) => output.includes("partition taken"),
      )
      const holders = async () => {
        const redis = await place.redis()
        const held = await Promise.all([0, 1].map((partition) => redis.get(`${place.env.REDIS_PREFIX}lease:{${partition}}`)))
        return new Set(held.flatMap((holder) => holder?.replace(/:\d+$/, "") ?? []))
      }
      await eventually(holders, (held) => held.size === 2)
      first.child.kill("SIGKILL")
      const third = place.worker()
      await eventually(
        async () => third.output(),
        (output) => output.includes("partition taken"),
      )
      second.child.kill("SIGTERM")
      expect(await second.exited).toBe(0)
      await appending
      await drained(place)
      expect(await storedRows(place)).toEqual(undisturbed)
    }),
  )

  it("one sleeps for longer than its lease, is replaced, and wakes up again", { timeout: 60_000 }, () =>
    withCorner(async (place) => {
      const sleeper = place.worker()
      await eventually(
        async () => sleeper.output(),
        (output) => output.includes('"partition":1'),
      )
      const appending = appendAll(place)
      for (let n = 0; n < 2; n++) {
        await pause(300)
        sleeper.child.kill("SIGSTOP")
        if (n === 0) place.worker()
        await pause(2_000)
        sleeper.child.kill("SIGCONT")
      }
      await appending
      await drained(place)
      expect(await storedRows(place)).toEqual(undisturbed)
    }),
  )
})

describe("leaving politely", () => {
  let place: Corner
  beforeAll(async () => {
    place = await corner(PARTITIONS)
  })
  afterAll(() => place.close())

  it("SIGTERM gives up every lease at once and ends with 0", async () => {
    const worker = place.worker()
    await eventually(
      async () => worker.output(),
      (output) => output.includes('"partition":1'),
    )
    worker.child.kill("SIGTERM")
    expect(await worker.exited).toBe(0)
    const redis = await place.redis()
    const prefix = place.env.REDIS_PREFIX
    expect(await redis.exists(`${prefix}lease:{0}`, `${prefix}lease:{1}`)).toBe(0)
    expect(await redis.zcard(`${prefix}workers`)).toBe(0)
  })
})
