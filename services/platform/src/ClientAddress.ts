import { Config, ConfigProvider, Effect } from "effect"
import { BlockList, isIP, isIPv4, SocketAddress } from "node:net"

/** One spelling for an address: IPv4 inside IPv6 as IPv4, IPv6 in its short form, without quotes, brackets, zone or port. None when it is no address. */
export const canonicalAddress = (text: string): string | undefined => {
  if (isIPv4(text)) return text
  const unquoted = /^"([^"\\]*)"$/.exec(text)?.[1] ?? text
  const bare = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(unquoted)?.[1] ?? /^\[([^\]]+)\](?::\d+)?$/.exec(unquoted)?.[1] ?? unquoted
  const address = bare.split("%", 1)[0] ?? ""
  const version = isIP(address)
  if (version === 4) return address
  if (version === 0) return undefined
  const short = new SocketAddress({ address, family: "ipv6" }).address
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(short)?.[1] ?? short
}

/** The eight groups of an IPv6 address in its short form, as hexadecimal digits. */
const groupsOf = (address: string): ReadonlyArray<string> => {
  const [before = "", after] = address.split("::", 2)
  const groups = before === "" ? [] : before.split(":")
  const tail = after === undefined || after === "" ? [] : after.split(":")
  const zeros = after === undefined ? 0 : 8 - groups.length - tail.length
  return [...groups, ...Array.from({ length: zeros }, () => "0"), ...tail]
}

/** The IPv4 address that an IPv6 address carries at a place of the ways from one to the other, `mask` being what hides it. */
const carriedAt = (high = "0", low = "0", mask = 0): string => {
  const bits = ((parseInt(high, 16) << 16) | parseInt(low, 16)) ^ mask
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".")
}

const CARRYING = /^(?:64:ff9b:|2002:|2001:(?:0:|:))/

/**
 * Who is behind an address: an IPv6 address that only carries the client's IPv4 address, by NAT64 (`64:ff9b::/96`, RFC 6052), 6to4
 * (`2002::/16`, RFC 3056) or Teredo (`2001::/32`, RFC 4380), is that one. All clients of such a translator would else look
 * like one network, in no country. Takes an address as {@link canonicalAddress} spells it.
 */
const clientBehind = (address: string): string => {
  if (!CARRYING.test(address)) return address
  const groups = groupsOf(address)
  if (groups[0] === "2002") return carriedAt(groups[1], groups[2])
  if (groups[0] === "2001") return groups[1] === "0" ? carriedAt(groups[6], groups[7], -1) : address
  return groups.slice(2, 6).every((group) => group === "0") ? carriedAt(groups[6], groups[7]) : address
}

/** The address of a client as somebody else reports it, in one spelling (IPv4 also where IPv6 only carries it); empty when it is none. */
export const reportedAddress = (text: string): string => {
  const address = canonicalAddress(text)
  return address === undefined ? "" : clientBehind(address)
}

/**
 * Who an address belongs to, as far as an address tells: itself for IPv4, the /64 for IPv6, of which one household or server has
 * all 2^64 addresses. Takes an address as {@link canonicalAddress} spells it.
 */
export const networkOf = (address: string): string => (address.includes(":") ? `${groupsOf(address).slice(0, 4).join(":")}::/64` : address)

/**
 * The networks that an address is in, as far as they tell who it belongs to, the narrowest first: itself for IPv4; for IPv6 the
 * /64, the /56 and the /48, one of which a customer may have whole. Takes an address as {@link canonicalAddress} spells it.
 */
export const networksOf = (address: string): ReadonlyArray<string> => {
  const narrowest = networkOf(address)
  if (!narrowest.endsWith("::/64")) return [narrowest]
  const [first = "", second = "", third = "", fourth = ""] = narrowest.slice(0, -"::/64".length).split(":")
  const customer = `${first}:${second}:${third}`
  return [narrowest, `${customer}:${(Number.parseInt(fourth, 16) & 0xff00).toString(16)}::/56`, `${customer}::/48`]
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

/** What proxies write of a client that they do not know or do not tell (RFC 7239, 6.2 and 6.3). */
const UNTOLD = /^"?(?:unknown|_[\w.-]+)"?$/i

/**
 * The address that a trusted proxy forwards for, read from the header's end for as long as what stands there is a trusted proxy's. Empty
 * members do not count (RFC 9110, 5.6.1). Where a trusted proxy does not tell its client, the nearest known one before it is
 * taken. Anything else that is no address ends the search, so that a forged header cannot hide behind it.
 */
const forwardedClient = (proxy: string, forwardedFor: string, proxies: TrustedProxies): string => {
  let address = proxy
  const hops = forwardedFor.split(",")
  while (hops.length > 0 && proxies.includes(address)) {
    const text = hops.pop()?.trim() ?? ""
    if (text === "" || UNTOLD.test(text)) continue
    const hop = canonicalAddress(text)
    if (hop === undefined) return address
    address = hop
  }
  return address
}

/**
 * The address of the client: the connection's peer, or, as long as that is a trusted proxy, the address it says it forwards
 * for (X-Forwarded-For; `Forwarded` is not read). IPv4 also where IPv6 only carries it. Empty when there is none.
 */
export const clientAddress = (peer: string | undefined, forwardedFor: string | undefined, proxies: TrustedProxies): string => {
  const address = canonicalAddress(peer ?? "") ?? ""
  if (proxies.none || forwardedFor === undefined || address === "") return clientBehind(address)
  // Trust is decided on addresses as they are: anybody may have an IPv6 address that carries the IPv4 address of a proxy.
  return clientBehind(forwardedClient(address, forwardedFor, proxies))
}
