import { assert, describe, it } from "vitest"
import { admit } from "../../src/domain/Admission.ts"
import { isoMillis } from "../../src/domain/dateTime.ts"
import { pageview } from "../support/app.ts"

const NOW = Date.parse("2026-11-23T12:00:00.000Z")
const HOUR = 3_600_000
const iso = (millis: number) => new Date(millis).toISOString()

const admitted = (timestamp: string | undefined, options: { kind?: "write" | "secret"; sentAt?: string } = {}) => {
  const events = [pageview(timestamp === undefined ? {} : { timestamp })]
  const { accepted, refusals } = admit({ kind: options.kind ?? "write", receivedAt: NOW, sentAt: options.sentAt, events })
  return accepted[0]?.event.at ?? refusals[0]?.reason
}

describe("timestamps", () => {
  it("are now when there is none", () => {
    assert.strictEqual(admitted(undefined), NOW)
    assert.strictEqual(admitted(undefined, { sentAt: iso(NOW - HOUR) }), NOW)
  })

  it("of a write key may lie 72 hours back and not a millisecond more", () => {
    assert.strictEqual(admitted(iso(NOW - 72 * HOUR)), NOW - 72 * HOUR)
    assert.strictEqual(admitted(iso(NOW - 72 * HOUR - 1)), "timestamp_too_old")
    assert.strictEqual(admitted("0001-01-01T00:00:00Z"), "timestamp_too_old")
  })

  it("of a secret key may lie back to 2000 and not a millisecond more", () => {
    assert.strictEqual(admitted("2000-01-01T00:00:00Z", { kind: "secret" }), Date.UTC(2000, 0, 1))
    assert.strictEqual(admitted("1999-12-31T23:59:59.999Z", { kind: "secret" }), "timestamp_too_old")
  })

  it("may lie 5 minutes ahead and not a millisecond more, whatever the key", () => {
    for (const kind of ["write", "secret"] as const) {
      assert.strictEqual(admitted(iso(NOW + 300_000), { kind }), NOW + 300_000)
      assert.strictEqual(admitted(iso(NOW + 300_001), { kind }), "timestamp_in_future")
      assert.strictEqual(admitted("9999-12-31T23:59:59Z", { kind }), "timestamp_in_future")
    }
  })

  it("of a browser whose clock is wrong are corrected by the difference of sentAt to our clock, from more than 5 seconds on", () => {
    const slow = NOW - 10 * HOUR
    assert.strictEqual(admitted(iso(slow - 1_000), { sentAt: iso(slow) }), NOW - 1_000)
    assert.strictEqual(admitted(iso(NOW + 80 * HOUR), { sentAt: iso(NOW + 80 * HOUR) }), NOW)
    assert.strictEqual(admitted(iso(NOW - 7_000), { sentAt: iso(NOW - 5_000) }), NOW - 7_000)
    assert.strictEqual(admitted(iso(NOW - 7_001), { sentAt: iso(NOW - 5_001) }), NOW - 2_000)
    assert.strictEqual(admitted(iso(slow - 73 * HOUR), { sentAt: iso(slow) }), "timestamp_too_old")
  })

  it("of a secret key are not corrected", () => {
    assert.strictEqual(admitted(iso(NOW - 24 * HOUR), { kind: "secret", sentAt: iso(NOW - 12 * HOUR) }), NOW - 24 * HOUR)
  })

  it("may be written in any way that RFC 3339 allows", () => {
    assert.strictEqual(admitted("2026-11-23T13:59:59.5+02:00"), NOW - 500)
    assert.strictEqual(admitted("2026-11-23t11:59:59z"), NOW - 1_000)
    assert.strictEqual(admitted("2026-11-23T11:59:59.123456789Z"), NOW - 877)
    for (const wrong of [
      "2026-11-23",
      "23.11.2026",
      "2026-11-31T00:00:00Z",
      "2026-11-23T24:00:00Z",
      "2026-11-23 11:59:59Z",
      "2026-11-23T11:59:59",
      "",
    ]) {
      assert.strictEqual(admitted(wrong), "invalid", wrong)
    }
    assert.strictEqual(admitted(7 as never), "invalid")
  })
})

describe("isoMillis", () => {
  it("reads what toISOString writes, over all of the calendar", () => {
    for (let millis = Date.UTC(1890, 0, 1); millis < Date.UTC(2410, 0, 1); millis += 86_399_999 * 3) {
      assert.strictEqual(isoMillis(iso(millis)), millis)
      assert.strictEqual(isoMillis(iso(millis).replace(/\.\d+/, "")), Math.floor(millis / 1000) * 1000)
    }
  })

  it("leaves every other text to somebody else", () => {
    const good = "2024-02-29T23:59:59.999Z"
    assert.isDefined(isoMillis(good))
    for (let i = 0; i < good.length; i++) {
      for (const char of ["x", "/", ":", " ", "-", "\u0660"]) {
        const text = good.slice(0, i) + char + good.slice(i + 1)
        if (text !== good) assert.isUndefined(isoMillis(text), text)
      }
    }
    for (const text of [
      "2023-02-29T00:00:00Z",
      "2100-02-29T00:00:00Z",
      "2024-13-01T00:00:00Z",
      "2024-00-01T00:00:00Z",
      "2024-01-00T00:00:00Z",
      "2024-01-01T24:00:00Z",
      "2024-01-01T00:60:00Z",
      "2024-01-01T00:00:60Z",
    ]) {
      assert.isUndefined(isoMillis(text), text)
    }
  })
})
