import { Config, Effect } from "effect"
import type { HttpServerRequest } from "effect/http"
import { BlockList, isIPv4, isIPv6 } from "node:net"

const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, "")

const family = (address: string) => (isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : undefined)

const listOf = (cidrs: ReadonlyArray<string>) => {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [address = "", bits] = cidr.split("/")
    const kind = family(address)
    if (kind === undefined) throw new Error(`TRUSTED_PROXIES: ${cidr} is neither an address nor a CIDR range`)
    list.addSubnet(address, bits === undefined ? (kind === "ipv4" ? 32 : 128) : Number(bits), kind)
  }
  return list
}

/**
 * Tells the address of a client. `X-Forwarded-For` counts only as far as it was written by proxies in `TRUSTED_PROXIES`
 * (addresses and CIDR ranges, comma-separated; none unless set), so nobody can choose his own address.
 */
export const clientAddress = Effect.gen(function* () {
  const proxies = yield* Config.String("TRUSTED_PROXIES").pipe(Config.withDefault(""))
  const trusted = yield* Effect.sync(() =>
    listOf(
      proxies
        .split(",")
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ""),
    ),
  )
  const isTrusted = (address: string) => {
    const kind = family(address)
    return kind !== undefined && trusted.check(address, kind)
  }
  return (request: HttpServerRequest.HttpServerRequest): string => {
    const remote = request.remoteAddress
    const nearest = plain(remote._tag === "Some" ? remote.value : "")
    const forwarded = (request.headers["x-forwarded-for"] ?? "")
      .split(",")
      .map(plain)
      .filter((address) => address !== "")
    let address = nearest
    while (isTrusted(address) && forwarded.length > 0) address = forwarded.pop() ?? address
    return address
  }
})
