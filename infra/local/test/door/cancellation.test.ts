import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openDoor, type OpenDoor } from "./openDoor.ts"

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door?.close())

describe("a client that goes away", () => {
  it("stops its statement", async () => {
    const statement = "SELECT max(sipHash64(number)) AS forever FROM numbers(1000000000000)"
    const abort = new AbortController()
    const answer = door.client.query({ query: statement, abort_signal: abort.signal })
    await expect.poll(() => door.running(statement)).toBe(1)
    abort.abort()
    await expect(answer).rejects.toThrow(/abort/)
    await expect.poll(() => door.running(statement)).toBe(0)
  })

  it("in the middle of a stream stops it, and the turn is free again", async () => {
    const statement = "SELECT number, sipHash64(number) AS forever FROM system.numbers"
    for (let i = 0; i < 40; i++) {
      const answer = await door.client.query({ query: statement, format: "JSONEachRow" })
      answer.close()
    }
    await expect.poll(() => door.running(statement)).toBe(0)
  })
})

it("a request that arrived before SIGTERM is answered, and the process ends by itself", async () => {
  await door.client.insert({ table: "visits", values: [{ id: 1 }], format: "JSONEachRow" })
  // Long enough to be seen running on a slow machine, short enough for the patience of a door that was asked to stop.
  const slow = door.rows("SELECT sleep(2) AS s")
  await expect.poll(() => door.running("sleep(2)")).toBe(1)
  await door.process.stop()
  expect(await slow).toEqual([{ s: 0 }])
  expect(door.process.pid).toBeUndefined()
  await door.process.start()
  expect(await door.rows("SELECT count() AS kept FROM visits")).toEqual([{ kept: 1 }])
})
