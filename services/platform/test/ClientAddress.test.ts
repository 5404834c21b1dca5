import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit } from "effect"
import {
  canonicalAddress,
  clientAddress,
  configuredProxies,
  parseTrustedProxies,
  type TrustedProxies,
  networkOf,
  networksOf,
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
      ["fe80::1%eth0", "fe80::1"],
    ] as const)
      assert.strictEqual(canonicalAddress(text), canonical, text)
    for (const text of ["", "unknown", "_hidden", "203.0.113", "203.0.113.256", "::1::", "[::1", "a".repeat(10_000)])
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

  it("is in a household's and in a company's network as IPv6, whose owners have many /64s", () => {
    assert.deepStrictEqual(networksOf("2001:db8:1:ab12::7"), ["2001:db8:1:ab12::/64", "2001:db8:1:ab00::/56", "2001:db8:1::/48"])
    assert.deepStrictEqual(networksOf("2001:db8::1"), ["2001:db8:0:0::/64", "2001:db8:0:0::/56", "2001:db8:0::/48"])
    assert.deepStrictEqual(networksOf("203.0.113.7"), ["203.0.113.7"])
    assert.deepStrictEqual(networksOf(""), [""])
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
