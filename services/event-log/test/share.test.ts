import { describe, expect, it } from "vitest"
import { shares } from "../src/share.ts"

const workers = (count: number) => Array.from({ length: count }, (_, n) => `worker-${n}`)

describe("shares of the partitions", () => {
  it("every partition has exactly one owner, and nobody more than the ceiling of the mean", () => {
    for (const count of [1, 2, 3, 5, 8]) {
      for (const partitions of [1, 4, 7, 64]) {
        const owned = [...shares(workers(count), partitions).values()]
        expect(owned.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: partitions }, (_, p) => p))
        for (const share of owned) expect(share.length).toBeLessThanOrEqual(Math.ceil(partitions / count))
      }
    }
  })

  it("two workers always share four partitions in halves, whatever they are called", () => {
    for (let n = 0; n < 50; n++) {
      const owned = shares([`a${n}`, `b${n}`], 4)
      expect([...owned.values()].map((share) => share.length)).toEqual([2, 2])
    }
  })

  it("the order in which workers are listed changes nothing", () => {
    const forth = shares(workers(5), 32)
    const back = shares(workers(5).reverse(), 32)
    for (const worker of workers(5)) expect(back.get(worker)).toEqual(forth.get(worker))
  })

  it("when a worker leaves, most partitions stay where they are", () => {
    const before = shares(workers(4), 64)
    const after = shares(workers(3), 64)
    const kept = workers(3).flatMap((worker) => before.get(worker)!.filter((partition) => after.get(worker)!.includes(partition)))
    expect(kept.length).toBeGreaterThan(40)
  })

  it("without workers nothing is owned", () => {
    expect(shares([], 4).size).toBe(0)
  })
})
