/** From where an address works: `this-computer` for localhost, `http` where pages on https cannot load it, `anywhere` otherwise. */
export type Reach = "this-computer" | "http" | "anywhere"

/** From where the address of ingest works. */
export const reachOf = (ingestUrl: string): Reach => {
  const { hostname, protocol } = new URL(ingestUrl)
  if (/^(?:.+\.)?localhost$|^127(?:\.\d+){3}$|^\[::1\]$/.test(hostname)) return "this-computer"
  return protocol === "http:" ? "http" : "anywhere"
}
