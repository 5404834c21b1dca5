import { Config, ConfigProvider, Effect } from "effect"
import { BlockList, isIP, isIPv4, SocketAddress } from "node:net"

/** One spelling for an address: IPv4 inside IPv6 as IPv4, IPv6 in its short form, without zone or port. None when it is no address. */
export const canonicalAddress = (text: string): string | undefined => {
  if (isIPv4(text)) return text
  const bare = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? text
  const address = bare.split("%", 1)[0] ?? ""
  const version = isIP(address)
  if (version === 4) return address
  if (version === 0) return undefined
  const short = new SocketAddress({ address, family: "ipv6" }).address
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(short)?.[1] ?? short
}

/**
 * Who an address belongs to, as far as an address tells: itself for IPv4, the /64 for IPv6, of which one household or server has
 * all 2^64 addresses. Takes an address as {@link canonicalAddress} spells it.
 */
export const networkOf = (address: string): string => {
  if (!address.includes(":")) return address
  const [before = "", after] = address.split("::", 2)
  const groups = before === "" ? [] : before.split(":")
  const tail = after === undefined || after === "" ? [] : after.split(":")
  const zeros = after === undefined ? 0 : 8 - groups.length - tail.length
  return `${[...groups, ...Array.from({ length: zeros }, () => "0"), ...tail].slice(0, 4).join(":")}::/64`
}

/**
 * The networks that an address belongs to, narrow to wide: itself for IPv4; the /64, /56 and /48 for IPv6. Providers give a household a
 * /64 or a /56, a company a /48. Takes an address as {@link canonicalAddress} spells it.
 */
export const networksOf = (address: string): ReadonlyArray<string> => {
  const network = networkOf(address)
  if (!network.endsWith("::/64")) return [network]
  const [a, b, c, d = "0"] = network.slice(0, -"::/64".length).split(":")
  return [network, `${a}:${b}:${c}:${(parseInt(d, 16) & 0xff00).toString(16)}::/56`, `${a}:${b}:${c}::/48`]
}

/** Networks whose forwarding headers are believed. */
export interface TrustedProxies {
  readonly none: boolean
  readonly includes: (address: string) => boolean
}

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4")

/** Reads a list of addresses and CIDR networks, separated by commas; none when one of them is neither. */
export const parseTrustedProxies = (text: string): TrustedProxies | undefined => {
  const list = new BlockList()
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
  for (const part of parts) {
    const [network = "", bits] = part.split("/", 2)
    const width = isIP(network) === 6 ? 128 : 32
    const prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
    if (isIP(network) === 0 || prefix < 0 || prefix > width) return undefined
    list.addSubnet(network, prefix, familyOf(network))
  }
  return { none: parts.length === 0, includes: (address) => list.check(address, familyOf(address)) }
}

/** `TRUSTED_PROXIES`: addresses and networks such as `10.0.0.0/8, fd00::/8`; none unless set, and then no header is believed. */
export const configuredProxies: Config.Config<TrustedProxies> = Config.String("TRUSTED_PROXIES").pipe(
  Config.withDefault(""),
  Config.mapEffect((text) => {
    const proxies = parseTrustedProxies(text)
    if (proxies !== undefined) return Effect.succeed(proxies)
    const message = "TRUSTED_PROXIES must be addresses and networks separated by commas, such as 10.0.0.0/8, fd00::/8"
    return Effect.fail(new Config.ConfigError(new ConfigProvider.SourceError({ message })))
  }),
)

/**
 * The address of the client: the connection's peer, or, as long as that is a trusted proxy, the address it says it forwards
 * for (X-Forwarded-For, read from its end). Empty when there is none.
 */
export const clientAddress = (peer: string | undefined, forwardedFor: string | undefined, proxies: TrustedProxies): string => {
  let address = canonicalAddress(peer ?? "") ?? ""
  if (proxies.none || forwardedFor === undefined || address === "") return address
  const hops = forwardedFor.split(",")
  while (hops.length > 0 && proxies.includes(address)) {
    const hop = canonicalAddress(hops.pop()?.trim() ?? "")
    if (hop === undefined) return address
    address = hop
  }
  return address
}
