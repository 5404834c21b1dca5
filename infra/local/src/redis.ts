import { mkdirSync, writeFileSync } from "node:fs"
import { createConnection } from "node:net"
import { join } from "node:path"
import { refuseFolderInUse } from "./in-use.ts"
import { ManagedProcess } from "./managed-process.ts"
import { onPath } from "./machine.ts"
import { passwordOf } from "./password.ts"

/** The URL of a Redis on `port`, its generated password included; `folder` holds the password. */
export const redisUrlOf = (folder: string, port: number): string => `redis://default:${passwordOf(folder, "redis")}@127.0.0.1:${port}`

/** Whether Redis has loaded its data and answers. */
const answersPing = (port: number, password: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1", timeout: 1000 }, () => socket.write(`AUTH ${password}\r\nPING\r\n`))
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    let answer = ""
    socket.on("data", (bytes) => {
      answer += bytes.toString()
      if (/^(\+OK\r\n\+PONG|-)/m.test(answer)) done(answer.startsWith("+OK\r\n+PONG"))
    })
    socket.once("error", () => done(false))
    socket.once("timeout", () => done(false))
  })

const settings = {
  bind: "127.0.0.1",
  daemonize: "no",
  appendonly: "yes",
  appendfsync: "always",
  // No snapshots; and the append-only file, in which what was trimmed stays until it is rewritten, is not left to grow to 64 MB first.
  save: "",
  "auto-aof-rewrite-min-size": "16mb",
  "maxmemory-policy": "noeviction",
  hz: "5",
}

/**
 * Redis from PATH. `appendfsync always`, because with `everysec` Redis answers before it has written while a sync is running (for up
 * to two seconds), and a kill then loses what was acknowledged; measured 0.2 ms per group of appends instead of 0.05 ms.
 */
export const redisProcess = (folder: string, logs: string, port: number): ManagedProcess => {
  const data = join(folder, "redis")
  const password = passwordOf(folder, "redis")
  // In a file, because everybody on the machine can read the arguments of a process.
  const configuration = join(data, "redis.conf")
  return new ManagedProcess({
    name: "redis",
    port,
    command: "redis-server",
    args: [
      configuration,
      ...Object.entries({ ...settings, port: String(port), dir: data }).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    logFile: join(logs, "redis.log"),
    before: () => {
      if (onPath("redis-server") === undefined) {
        throw new Error(
          "redis-server is not on PATH. Install Redis 7 or newer (Debian: apt-get install redis-server; macOS: brew install redis), or give REDIS_URL.",
        )
      }
      mkdirSync(data, { recursive: true, mode: 0o700 })
      refuseFolderInUse("Redis", data, "redis-server")
      writeFileSync(configuration, `requirepass ${password}\n`, { mode: 0o600 })
    },
    ready: () => answersPing(port, password),
  })
}
