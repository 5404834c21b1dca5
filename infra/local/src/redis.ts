import { mkdirSync } from "node:fs"
import { createConnection } from "node:net"
import { join } from "node:path"
import { ManagedProcess } from "./managed-process.ts"
import { onPath } from "./machine.ts"

/** The URL of a Redis on `port`. */
export const redisUrlOf = (port: number): string => `redis://127.0.0.1:${port}`

/** Whether Redis has loaded its data and answers. */
const answersPing = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1", timeout: 1000 }, () => socket.write("PING\r\n"))
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once("data", (bytes) => done(bytes.toString().startsWith("+PONG")))
    socket.once("error", () => done(false))
    socket.once("timeout", () => done(false))
  })

const settings = {
  bind: "127.0.0.1",
  daemonize: "no",
  appendonly: "yes",
  appendfsync: "always",
  save: "",
  "maxmemory-policy": "noeviction",
  hz: "5",
}

/**
 * Redis from PATH. `appendfsync always`, because with `everysec` Redis answers before it has written while a sync is running (for up
 * to two seconds), and a kill then loses what was acknowledged; measured 0.2 ms per group of appends instead of 0.05 ms.
 */
export const redisProcess = (folder: string, logs: string, port: number): ManagedProcess => {
  const data = join(folder, "redis")
  return new ManagedProcess({
    name: "redis",
    command: "redis-server",
    args: Object.entries({ ...settings, port: String(port), dir: data }).flatMap(([name, value]) => [`--${name}`, value]),
    logFile: join(logs, "redis.log"),
    before: () => {
      if (onPath("redis-server") === undefined) {
        throw new Error(
          "redis-server is not on PATH. Install Redis 7 or newer (Debian: apt-get install redis-server; macOS: brew install redis), or give REDIS_URL.",
        )
      }
      mkdirSync(data, { recursive: true, mode: 0o700 })
    },
    ready: () => answersPing(port),
  })
}
