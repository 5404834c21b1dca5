import { expect, it } from "vitest"
import { openDoor } from "./openDoor.ts"

it(
  "a door that is asked to stop while statements run that cannot be ended does so of itself, before its parent loses patience",
  { timeout: 60_000 },
  async () => {
    const door = await openDoor()
    await door.client.command({ query: "CREATE TABLE slow (n UInt64) ENGINE = Memory" })
    const ends: Array<unknown> = []
    for (let i = 0; i < 3; i++) {
      const query = `INSERT INTO slow SELECT sleepEachRow(1) FROM numbers(300) SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0`
      void door.post(query).then(
        async (answer) => ends.push(await answer.text()),
        (cause: unknown) => ends.push(cause),
      )
    }
    await expect.poll(() => door.running("sleepEachRow")).toBe(3)
    expect(ends).toEqual([])
    const ended = new Promise<string>((resolve) => door.process.onDeath(resolve))
    process.kill(door.process.pid ?? 0, "SIGTERM")
    expect(await ended).toBe("SIGKILL")
    await door.close()
  },
)
