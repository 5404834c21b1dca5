import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Schema } from "effect"
import {
  canonicalAddress,
  clientAddress,
  configuredProxies,
  parseTrustedProxies,
  type TrustedProxies,
  networkOf,
  networksOf,
  reportedAddress,
} from "../src/ClientAddress.ts"

const trusting = (list: string): TrustedProxies => {
  const proxies = parseTrustedProxies(list)
  if (proxies === undefined) throw new Error(`not a list: ${list}`)
  return proxies
}

describe("the address of a client", () => {
  it("has one spelling", () => {
    for (const [text, canonical] of [
      ["203.0.113.7", "203.0.113.7"],
      ["203.0.113.7:4711", "203.0.113.7"],
      ["::ffff:203.0.113.7", "203.0.113.7"],
      ["::FFFF:cb00:7107", "203.0.113.7"],
      ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
      ["[2001:db8::1]:443", "2001:db8::1"],
      ["[2001:db8::1]", "2001:db8::1"],
      ["fe80::1%eth0", "fe80::1"],
      ["[fe80::1%25eth0]:443", "fe80::1"],
      [`"203.0.113.7"`, "203.0.113.7"],
      [`"203.0.113.7:4711"`, "203.0.113.7"],
      [`"[2001:db8::1]:443"`, "2001:db8::1"],
      [`"::ffff:203.0.113.7"`, "203.0.113.7"],
    ] as const)
      assert.strictEqual(canonicalAddress(text), canonical, text)
    for (const text of ["", "unknown", "_hidden", "203.0.113", "203.0.113.256", "::1::", "[::1", '"203.0.113.7', '""', "a".repeat(10_000)])
      assert.isUndefined(canonicalAddress(text), text)
  })

  it("is the peer's when no proxy is trusted, whatever the header says", () => {
    assert.strictEqual(clientAddress("::ffff:203.0.113.7", "198.51.100.1", trusting("")), "203.0.113.7")
    assert.strictEqual(clientAddress(undefined, "198.51.100.1", trusting("")), "")
  })

  it("is the peer's when the peer is not a trusted proxy", () => {
    assert.strictEqual(clientAddress("203.0.113.7", "198.51.100.1", trusting("10.0.0.0/8")), "203.0.113.7")
  })

  it("is the last address of the header that is not a trusted proxy's", () => {
    const proxies = trusting("10.0.0.0/8, fd00::/8, 192.0.2.1")
    assert.strictEqual(clientAddress("10.0.0.1", "198.51.100.1", proxies), "198.51.100.1")
    assert.strictEqual(clientAddress("::ffff:10.0.0.1", "6.6.6.6, 198.51.100.1, 192.0.2.1,fd00::2", proxies), "198.51.100.1")
    assert.strictEqual(clientAddress("10.0.0.1", "10.0.0.9, 10.0.0.8", proxies), "10.0.0.9")
    assert.strictEqual(clientAddress("10.0.0.1", undefined, proxies), "10.0.0.1")
  })

  it("stops at what is no address, so that a forged header cannot hide behind it", () => {
    const proxies = trusting("10.0.0.0/8")
    assert.strictEqual(clientAddress("10.0.0.1", "6.6.6.6, nonsense, 10.0.0.2", proxies), "10.0.0.2")
    assert.strictEqual(clientAddress("10.0.0.1", "", proxies), "10.0.0.1")
  })

  it("is found in a list with empty, quoted and untold members", () => {
    const proxies = trusting("10.0.0.0/8")
    const lists = {
      "203.0.113.5,": "203.0.113.5",
      "203.0.113.5,,10.0.0.2": "203.0.113.5",
      " , 203.0.113.5\t, ,": "203.0.113.5",
      '"203.0.113.5"': "203.0.113.5",
      '"[2001:db8::5]:4711", "10.0.0.2"': "2001:db8::5",
      "203.0.113.5, unknown": "203.0.113.5",
      "203.0.113.5, Unknown, 10.0.0.2": "203.0.113.5",
      '203.0.113.5, "_gazonk"': "203.0.113.5",
      "203.0.113.5, 10.0.0.2, unknown, ,": "203.0.113.5",
      "::ffff:203.0.113.5": "203.0.113.5",
      "fe80::5%eth0": "fe80::5",
      "6.6.6.6, 203.0.113.5, unknown": "203.0.113.5",
      unknown: "10.0.0.1",
      ",": "10.0.0.1",
      "203.0.113.5, nonsense": "10.0.0.1",
    }
    for (const [list, client] of Object.entries(lists)) assert.strictEqual(clientAddress("10.0.0.1", list, proxies), client, list)
  })

  const spellings = [
    "203.0.113.5",
    '"203.0.113.5"',
    "203.0.113.5:80",
    "::ffff:203.0.113.5",
    '"[::ffff:cb00:7105]:443"',
    "64:ff9b::203.0.113.5",
  ]
  const fillers = ["", " ", "\t", "unknown", "_x", '"unknown"', "10.0.0.7", '"10.0.0.8:1"', "[::ffff:10.0.0.9]"]
  it.prop(
    "is the last one that is not a proxy's, whatever its spelling, whatever proxies and fillers follow, and whatever a client put before",
    {
      before: Schema.Array(Schema.Literals([...fillers, "6.6.6.6", "nonsense", "::1", '"'])).check(Schema.isMaxLength(5)),
      spelling: Schema.Literals(spellings),
      after: Schema.Array(Schema.Literals(fillers)).check(Schema.isMaxLength(5)),
    },
    ({ before, spelling, after }) => {
      const list = [...before, spelling, ...after].join(",")
      assert.strictEqual(clientAddress("10.0.0.1", list, trusting("10.0.0.0/8")), "203.0.113.5", list)
    },
  )

  it.prop("is empty or canonical, and nothing is thrown, whatever the header", { list: Schema.String }, ({ list }) => {
    const address = clientAddress("10.0.0.1", list, trusting("10.0.0.0/8, ::/0"))
    assert.strictEqual(canonicalAddress(address), address, list)
  })

  it("is the IPv4 address where IPv6 only carries it", () => {
    for (const [text, client] of [
      ["64:ff9b::808:808", "8.8.8.8"],
      ["64:ff9b::8.8.8.8", "8.8.8.8"],
      ["64:FF9B:0:0:0:0:cb00:7105", "203.0.113.5"],
      ["2002:cb00:7105::1", "203.0.113.5"],
      ["2002:cb00:7105:1:2:3:4:5", "203.0.113.5"],
      ["2001:0:4136:e378:8000:63bf:34ff:8efa", "203.0.113.5"],
      ["2001::4136:e378:8000:63bf:34ff:8efa", "203.0.113.5"],
      // Networks beside those, which carry nothing.
      ["64:ff9b:1::808:808", "64:ff9b:1::808:808"],
      ["2001:db8::cb00:7105", "2001:db8::cb00:7105"],
      ["2003:cb00:7105::1", "2003:cb00:7105::1"],
      ["64::808:808", "64::808:808"],
      ["203.0.113.5", "203.0.113.5"],
      ["nonsense", ""],
      ["", ""],
    ] as const) {
      assert.strictEqual(reportedAddress(text), client, text)
      assert.strictEqual(clientAddress(text, undefined, trusting("")), client, text)
    }
    assert.strictEqual(clientAddress("10.0.0.1", "64:ff9b::808:808", trusting("10.0.0.0/8")), "8.8.8.8")
  })

  it("makes nobody a trusted proxy by carrying a proxy's", () => {
    for (const peer of ["2002:a00:1::1", "64:ff9b::a00:1"])
      assert.strictEqual(clientAddress(peer, "6.6.6.6", trusting("10.0.0.0/8")), "10.0.0.1")
  })

  it("belongs to itself as IPv4 and to its /64 as IPv6", () => {
    const networks = {
      "203.0.113.7": "203.0.113.7",
      "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
      "2001:db8::1": "2001:db8:0:0::/64",
      "2001:db8:0:0:1::": "2001:db8:0:0::/64",
      "2001:db8:0:1::1": "2001:db8:0:1::/64",
      "::1": "0:0:0:0::/64",
      "::": "0:0:0:0::/64",
      "1::2:3:4:5:6": "1:0:0:2::/64",
      "": "",
    }
    for (const [address, network] of Object.entries(networks)) assert.strictEqual(networkOf(address), network, address)
  })

  it("is in networks of several widths as IPv6, and in one as IPv4", () => {
    assert.deepStrictEqual(networksOf("203.0.113.7"), ["203.0.113.7"])
    assert.deepStrictEqual(networksOf(""), [""])
    assert.deepStrictEqual(networksOf("2001:db8:1:a2f3::5"), ["2001:db8:1:a2f3::/64", "2001:db8:1:a200::/56", "2001:db8:1::/48"])
    assert.deepStrictEqual(networksOf("2001:db8::1"), ["2001:db8:0:0::/64", "2001:db8:0:0::/56", "2001:db8:0::/48"])
  })

  it.effect("needs a list that can be read, else ingest does not start", () =>
    Effect.gen(function* () {
      const given = (list: string) =>
        Effect.exit(configuredProxies.pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ TRUSTED_PROXIES: list })))))
      for (const list of ["", "10.0.0.0/8", "::1, 10.0.0.1"]) assert.isTrue(Exit.isSuccess(yield* given(list)), list)
      for (const list of ["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "all", "::1/129", "*"])
        assert.isTrue(Exit.isFailure(yield* given(list)), list)
    }),
  )
})
