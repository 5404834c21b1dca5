/** 64 bits as two unsigned halves. */
export interface Hash64 {
  hi: number
  lo: number
}

const mix = (value: number): number => {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/**
 * Hash of an event id within its project, so that nobody can use up another project's ids. Two multiplicative hashes side by
 * side, one of them rotating so that they do not move together, finished like MurmurHash3: fast, even, not secret. Writes into
 * `into` and allocates nothing.
 */
export const eventHash = (projectId: string, eventId: string, into: Hash64): void => {
  let a = 0xdeadbeef ^ projectId.length
  let b = 0x41c6ce57
  for (const text of [projectId, eventId]) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      a = Math.imul(a ^ code, 0x9e3779b1)
      b = Math.imul(((b << 5) | (b >>> 27)) ^ code, 0x5f356495)
    }
  }
  into.hi = mix(a ^ (b >>> 7)) >>> 0
  into.lo = mix(b ^ (a >>> 9)) >>> 0
}
