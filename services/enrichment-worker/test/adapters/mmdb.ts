import { isIPv4 } from "node:net"

type Value = string | number | ReadonlyArray<Value> | { readonly [key: string]: Value }

const control = (type: number, size: number): Buffer => {
  const head = type <= 7 ? [type << 5] : [0, type - 7]
  if (size < 29) head[0]! |= size
  else {
    head[0]! |= 29
    head.push(size - 29)
  }
  return Buffer.from(head)
}

const encode = (value: Value): Buffer => {
  if (typeof value === "string") return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return Buffer.concat([control(6, 4), bytes])
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)])
  const entries = Object.entries(value)
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([key, inner]) => [encode(key), encode(inner)])])
}

const bitsOf = (address: string, ipVersion: 4 | 6): string => {
  if (isIPv4(address)) {
    const bits = address
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("")
    return ipVersion === 4 ? bits : bits.padStart(128, "0")
  }
  const [head = "", tail = ""] = address.split("::")
  const groups = (text: string) => (text === "" ? [] : text.split(":"))
  const zeros = Array<string>(8 - groups(head).length - groups(tail).length).fill("0")
  return [...groups(head), ...zeros, ...groups(tail)].map((group) => parseInt(group, 16).toString(2).padStart(16, "0")).join("")
}

/**
 * A MaxMind database of single addresses, written after https://maxmind.github.io/MaxMind-DB/ : search tree with records of
 * 32 bits, data section, metadata. Enough to test a reader with.
 */
export const mmdb = (ipVersion: 4 | 6, records: Readonly<Record<string, Value>>): Buffer => {
  const nodes: Array<[number, number]> = [[-1, -1]]
  const data: Array<Buffer> = []
  let length = 0
  const leaves: Array<{ node: number; bit: 0 | 1; offset: number }> = []
  for (const [address, record] of Object.entries(records)) {
    const bits = bitsOf(address, ipVersion)
    let node = 0
    for (let n = 0; n < bits.length - 1; n++) {
      const bit = bits[n] === "1" ? 1 : 0
      if (nodes[node]![bit] === -1) nodes[node]![bit] = nodes.push([-1, -1]) - 1
      node = nodes[node]![bit]
    }
    leaves.push({ node, bit: bits.at(-1) === "1" ? 1 : 0, offset: length })
    const bytes = encode(record)
    data.push(bytes)
    length += bytes.length
  }
  for (const { node, bit, offset } of leaves) nodes[node]![bit] = nodes.length + 16 + offset
  const tree = Buffer.alloc(nodes.length * 8)
  nodes.forEach((node, index) =>
    node.forEach((target, side) => tree.writeUInt32BE(target === -1 ? nodes.length : target, index * 8 + side * 4)),
  )
  const metadata = {
    node_count: nodes.length,
    record_size: 32,
    ip_version: ipVersion,
    database_type: "Test-City",
    languages: ["en"],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_790_000_000,
    description: { en: "test" },
  }
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from("\xab\xcd\xefMaxMind.com", "latin1"), encode(metadata)])
}
