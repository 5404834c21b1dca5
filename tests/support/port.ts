import { freePort } from "@footfall/local/ports"
import { randomInt } from "node:crypto"

const taken = new Set<number>()

/**
 * A free port for a service that listens a moment later. Below 32768, where Linux begins to give ports to outgoing connections, so
 * that none of those gets it meanwhile; and never the same one twice in this process.
 */
export const servicePort = async (): Promise<number> => {
  const port = await freePort(randomInt(15_000, 32_000), taken)
  taken.add(port)
  return port
}
