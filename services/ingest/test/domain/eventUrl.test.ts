import { assert, describe, it } from "vitest"
import { eventReferrer, eventUrl, MAX_PATH } from "../../src/domain/eventUrl.ts"

let seed = 7
const random = (below: number) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  return seed % below
}
const pieces = [
  "https://",
  "http://",
  "a",
  "B",
  "example.com",
  "EXAMPLE",
  "xn--",
  "1",
  "0x7f",
  "127.0.0.1",
  ".",
  "..",
  "/",
  "//",
  "/.",
  "/../",
  "%2e",
  "%2E%2e",
  "%zz",
  "?",
  "#",
  "@",
  ":",
  ":80",
  ":443",
  "'",
  '"',
  " ",
  "\t",
  "\n",
  "|",
  "\\",
  "^",
  "`",
  "{",
  "<",
  "ü",
  "🦊",
  "-",
  "_",
  "~",
  "a.b",
  "[::1]",
  "=",
  "&",
  "+",
  ";",
  "*",
  "$",
  "(",
  ".x",
  "x.",
]

describe("the address of an event", () => {
  it("has its host in lower case, no user name and password, and is encoded as browsers encode it", () => {
    assert.strictEqual(eventUrl("https://user:pass@EXAMPLE.com/A?b=C#d"), "https://example.com/A?b=C#d")
    assert.strictEqual(eventUrl("https://münchen.example/straße ?q=ü"), "https://xn--mnchen-3ya.example/stra%C3%9Fe%20?q=%C3%BC")
    assert.strictEqual(eventUrl("https://example.com"), "https://example.com/")
    assert.strictEqual(eventUrl("HTTPS://EXAMPLE.COM/x"), "https://example.com/x")
    assert.strictEqual(eventUrl("Http://example.com/X"), "http://example.com/X")
    assert.strictEqual(eventUrl("https://example.com:443/a/../b"), "https://example.com/b")
    assert.strictEqual(eventUrl("https://example.com/@me?to=a@b"), "https://example.com/@me?to=a@b")
  })

  it("is what the URL parser makes of it, for any text", () => {
    let plain = 0
    for (let i = 0; i < 60_000; i++) {
      const text = `${random(8) === 0 ? "" : "https://"}${random(3) === 0 ? "" : "example.com/"}${Array.from({ length: random(7) }, () => pieces[random(pieces.length)]).join("")}`
      const url = URL.parse(text)
      if (url !== null) url.username = url.password = ""
      const answer = eventUrl(text)
      assert.strictEqual(typeof answer === "string" ? answer : undefined, url?.href, text)
      if (answer === text) plain++
    }
    assert.isAbove(plain, 5_000)
  })

  it("is refused when it is no address", () => {
    for (const text of ["https://", "https://exa mple.com/", "https://[::1", "https://a:99999/"])
      assert.deepInclude(eventUrl(text), { reason: "invalid", pointer: "/url" })
  })

  it("may have a path of 2,048 characters and not one more, in the form in which it is kept", () => {
    const path = (length: number) => `/${"a".repeat(length - 1)}`
    assert.isString(eventUrl(`https://example.com${path(MAX_PATH)}?q=1`))
    assert.deepInclude(eventUrl(`https://example.com${path(MAX_PATH + 1)}`), { reason: "invalid", pointer: "/url" })
    assert.isObject(eventUrl(`https://example.com/${"ü".repeat(500)}`))
    assert.isString(eventUrl(`https://example.com/?${"q".repeat(4000)}`))
  })

  it("takes no longer for an address made to be slow", () => {
    const fastest = (length: number) => {
      const once = () => {
        const began = performance.now()
        for (const piece of ["a.", "a-", "/a", ".a", "a./", "%2e", "-", "xn-"]) eventUrl(`https://${piece.repeat(length)}`)
        for (const piece of ["a.", "a-", "/a", ".a", "a./", "%2e"]) eventUrl(`https://a.b/${piece.repeat(length)}!\u0001`)
        return performance.now() - began
      }
      return Math.min(...Array.from({ length: 9 }, once))
    }
    // Sixteen times as long would take 256 times as long if it were quadratic.
    assert.isBelow(fastest(16_000), 100 * fastest(1_000))
  })
})

describe("the referrer of an event", () => {
  it("stays as it came, but without user name and password", () => {
    for (const text of ["", "https://Example.com/A?b", "android-app://com.example", "not an address"])
      assert.strictEqual(eventReferrer(text), text)
    assert.strictEqual(eventReferrer("https://user:pass@example.com/"), "https://example.com/")
    assert.strictEqual(eventReferrer("user:pass@"), "user:pass@")
    assert.strictEqual(eventReferrer("//user:pass@example.com"), "")
  })
})
