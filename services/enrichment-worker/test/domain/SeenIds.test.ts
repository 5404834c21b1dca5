import { describe, expect, it } from "vitest"
import { eventHash, type Hash64 } from "../../src/domain/eventHash.ts"
import { decodeSeen, encodeSeen } from "../../src/domain/seenChunk.ts"
import { SEEN_SECONDS, SeenIds } from "../../src/domain/SeenIds.ts"
import { seeded } from "@footfall/local/demo/random"

const hashOf = (projectId: string, eventId: string): Hash64 => {
  const hash = { hi: 0, lo: 0 }
  eventHash(projectId, eventId, hash)
  return hash
}
const NOW = 1_795_000_000

describe("event ids seen before", () => {
  it("an id counts as seen for 24 hours from its receipt, of several receipts the latest", () => {
    const seen = new SeenIds()
    const id = hashOf("1", "a")
    expect(seen.has(id, NOW)).toBe(false)
    seen.add(id, NOW)
    expect(seen.has(id, NOW)).toBe(true)
    expect(seen.has(id, NOW - 5)).toBe(true)
    expect(seen.has(id, NOW + SEEN_SECONDS - 1)).toBe(true)
    expect(seen.has(id, NOW + SEEN_SECONDS)).toBe(false)
    seen.add(id, NOW - 100)
    expect(seen.has(id, NOW + SEEN_SECONDS - 1)).toBe(true)
    expect(seen.size).toBe(1)
  })

  it("answers as a plain map would, through growing and forgetting", () => {
    const random = seeded(7)
    const seen = new SeenIds()
    const plain = new Map<string, number>()
    let now = NOW
    for (let n = 0; n < 60_000; n++) {
      now += Math.floor(random() * 8)
      const id = String(Math.floor(random() * 40_000))
      const hash = hashOf("1", id)
      const at = plain.get(id)
      expect(seen.has(hash, now)).toBe(at !== undefined && now - at < SEEN_SECONDS)
      if (random() < 0.7) {
        seen.add(hash, now)
        plain.set(id, now)
      }
    }
  })

  it("forgets what is older than 25 hours before it grows, so a steady stream has a steady size", () => {
    const seen = new SeenIds()
    for (let day = 0; day < 20; day++) for (let n = 0; n < 5_000; n++) seen.add(hashOf("1", `${day}/${n}`), NOW + day * 86_400 + n * 17)
    expect(seen.bytes).toBeLessThan(40_000 * 12)
    expect(seen.has(hashOf("1", "19/4999"), NOW + 20 * 86_400)).toBe(true)
  })

  it("a million ids cost at most 30 bytes each", () => {
    const seen = new SeenIds()
    for (let n = 0; n < 1_000_000; n++) seen.add(hashOf("1", `0198f0e2-7c1a-7000-8000-${n.toString(16).padStart(12, "0")}`), NOW)
    expect(seen.size).toBe(1_000_000)
    expect(seen.bytes / seen.size).toBeLessThan(30)
  })

  it("one project's ids are not another's", () => {
    const seen = new SeenIds()
    seen.add(hashOf("1", "a"), NOW)
    expect(seen.has(hashOf("2", "a"), NOW)).toBe(false)
    expect(hashOf("1", "1a")).not.toEqual(hashOf("11", "a"))
  })

  it("hashes of consecutive ids spread evenly over both halves", () => {
    const buckets = { hi: new Uint32Array(64), lo: new Uint32Array(64) }
    const count = 64_000
    for (let n = 0; n < count; n++) {
      const { hi, lo } = hashOf("123", `0198f0e2-7c1a-7000-8000-${n.toString(16).padStart(12, "0")}`)
      buckets.hi[hi >>> 26]!++
      buckets.lo[lo & 63]!++
    }
    for (const half of [buckets.hi, buckets.lo]) {
      const chiSquare = [...half].reduce((sum, found) => sum + (found - count / 64) ** 2 / (count / 64), 0)
      expect(chiSquare).toBeLessThan(120)
    }
  })

  it("a chunk gives back exactly what was put into it, with the newest receipt in front", () => {
    const seen = new SeenIds()
    for (let n = 0; n < 100; n++) seen.add(hashOf("1", String(n)), NOW + n)
    const chunk = encodeSeen(seen, (NOW + 99) * 1000)
    expect(chunk.length).toBe(8 + 100 * 12)
    expect(chunk.readDoubleBE(0)).toBe((NOW + 99) * 1000)
    const again = new SeenIds()
    decodeSeen(chunk, again)
    expect(again.size).toBe(100)
    for (let n = 0; n < 100; n++) {
      expect(again.has(hashOf("1", String(n)), NOW + n + SEEN_SECONDS - 1)).toBe(true)
      expect(again.has(hashOf("1", String(n)), NOW + n + SEEN_SECONDS)).toBe(false)
    }
  })
})
