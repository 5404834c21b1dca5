import { assert, describe, it } from "vitest"
import { EventBatch } from "@footfall/contracts/generated/shared"
import { Schema } from "effect"
import { EnvelopeScan, MAX_EVENTS } from "../../src/http/EnvelopeScan.ts"

/** A scan of a text that arrives in parts of so many bytes, to its end. */
const scanned = (text: string, size = text.length + 1) => {
  const scan = new EnvelopeScan()
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) scan.see(bytes.subarray(at, at + size))
  scan.see(Buffer.alloc(0)) // what lay behind the key
  return scan
}

const events = (count: number) => `"events":[${Array.from({ length: count }, () => "{}").join()}]`

describe("a scan of a batch", () => {
  it("finds the key at the top, wherever it stands and however the body arrives", () => {
    const texts: ReadonlyArray<readonly [string, string | undefined]> = [
      [`{"key":"ffw_a","events":[]}`, "ffw_a"],
      [` {\n"events" : [ {"key":"inner","a":{"key":"deeper"}} ] , "key" :\t"ffw_b" } `, "ffw_b"],
      [String.raw`{"a\"key":"x","b":"\\","c":"\"key\":\"y\"","key":"ffw_c"}`, "ffw_c"],
      [String.raw`{"\u006bey":"ffw\u005fd"}`, "ffw_d"],
      [`{"nokey":"x","keyword":"x","KEY":"x"}`, undefined],
      [`{"x":{"key":"x"},"y":["key","x"],"z":"key"}`, undefined],
      [`{"key":7,"key":["x"],"key":{"key":"x"}}`, undefined],
      [`["key","x"]`, undefined],
      [`"key"`, undefined],
      [`{}{"key":"x"}`, undefined],
      [`{"é🦊":"é","key":"ffw_🦊"}`, "ffw_🦊"],
      [`{"${"n".repeat(5_000)}":1,"key":"ffw_e"}`, "ffw_e"],
    ]
    for (const [text, key] of texts)
      for (const size of [undefined, 1, 2, 3, 7]) assert.strictEqual(scanned(text, size).key, key, `${text} by ${size}`)
  })

  it("takes the first of several keys, and none that is far too long", () => {
    assert.strictEqual(scanned(`{"key":"a","key":"b"}`).key, "a")
    assert.isAtMost(scanned(`{"key":"${"k".repeat(100_000)}"}`, 500).key?.length ?? 0, 1_024)
  })

  it("sees the event that is one too many, and nothing before it", () => {
    for (const size of [undefined, 1, 5]) {
      assert.isFalse(scanned(`{${events(MAX_EVENTS)},"key":"a"}`, size).tooMany)
      assert.isTrue(scanned(`{"key":"a",${events(MAX_EVENTS + 1)}}`, size).tooMany)
    }
    const inner = `{"a":[${"1,".repeat(600)}1],"events":[${"1,".repeat(600)}1]}`
    assert.isFalse(scanned(`{"events":[${inner}],"other":[${"1,".repeat(600)}1]}`).tooMany)
  })

  it("allows as many events as the contract", () => {
    const decode = Schema.decodeUnknownResult(EventBatch)
    const batch = (count: number) => ({ events: Array.from({ length: count }, () => ({ kind: "pageview" })) })
    assert.strictEqual(decode(batch(MAX_EVENTS))._tag, "Success")
    assert.strictEqual(decode(batch(MAX_EVENTS + 1))._tag, "Failure")
  })

  it("ends at the key, and looks through the rest only when it is shown more", () => {
    const scan = new EnvelopeScan()
    scan.see(Buffer.from(`{"key":"a",${events(MAX_EVENTS + 1)}}`))
    assert.strictEqual(scan.key, "a")
    assert.isFalse(scan.awaitsKey)
    assert.isFalse(scan.tooMany)
    scan.see(Buffer.from(" "))
    assert.isTrue(scan.tooMany)
  })
})
