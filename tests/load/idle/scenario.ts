import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { BenchOptions } from "../options.ts"
import { versionsOf } from "../machine.ts"
import { commandLine, cpuSeconds, memoryMib, processTree } from "../process-usage.ts"
import type { Report } from "../report.ts"

const startFile = fileURLToPath(new URL("../../../infra/local/src/start.ts", import.meta.url))
const readyWithinMs = 180_000

/** What a process is to us, by its command line. */
const roleOf = (line: string): string => {
  const service = /services\/([\w-]+)\/src\/main\.ts/.exec(line)?.[1]
  if (service !== undefined) return service
  if (line.includes("redis-server")) return "redis"
  if (line.includes("postgres")) return "postgres"
  if (line.includes("door/main.ts")) return "clickhouse"
  if (line.includes("web/")) return "web"
  if (line.includes("start.ts")) return "supervisor"
  return line.split(" ")[0]?.split("/").at(-1) ?? "other"
}

/** What `npm start` costs while nothing happens: memory and CPU of every process under it. */
export const idle = async ({ quick }: BenchOptions): Promise<Report> => {
  const seconds = quick ? 15 : 60
  const folder = mkdtempSync(join(tmpdir(), "footfall-idle-"))
  const runtimeFile = join(folder, "runtime.json")
  const started = Date.now()
  const child = spawn(process.execPath, [startFile], { env: { ...process.env, FOOTFALL_DATA: folder }, stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text))
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  try {
    while (!existsSync(runtimeFile)) {
      if (child.exitCode !== null) throw new Error(`The product did not start:\n${output}`)
      if (Date.now() - started > readyWithinMs) throw new Error(`The product was not ready after ${readyWithinMs} ms:\n${output}`)
      await pause(200)
    }
    const readySeconds = (Date.now() - started) / 1000
    console.log(`ready after ${readySeconds.toFixed(1)} s; letting it settle, then watching for ${seconds} s …`)
    await pause(quick ? 5_000 : 20_000)
    const pids = processTree(child.pid ?? 0)
    const before = new Map(pids.map((pid) => [pid, cpuSeconds(pid)]))
    await pause(seconds * 1000)
    const roles = new Map<string, { processes: number; resident: number; proportional: number; cpuPercent: number }>()
    for (const pid of processTree(child.pid ?? 0)) {
      const role = roleOf(commandLine(pid))
      const known = roles.get(role) ?? { processes: 0, resident: 0, proportional: 0, cpuPercent: 0 }
      const { resident, proportional } = memoryMib(pid)
      const used = cpuSeconds(pid) - (before.get(pid) ?? 0)
      roles.set(role, {
        processes: known.processes + 1,
        resident: known.resident + resident,
        proportional: known.proportional + proportional,
        cpuPercent: known.cpuPercent + (100 * used) / seconds,
      })
    }
    const sum = (value: (one: { resident: number; proportional: number; cpuPercent: number; processes: number }) => number) =>
      [...roles.values()].reduce((total, one) => total + value(one), 0)
    const totals = {
      processes: sum((one) => one.processes),
      resident: sum((one) => one.resident),
      proportional: sum((one) => one.proportional),
      cpuPercent: sum((one) => one.cpuPercent),
    }
    const row = (name: string, one: typeof totals) => [name, one.processes, one.resident, one.proportional, one.cpuPercent]
    const engines = JSON.parse(readFileSync(runtimeFile, "utf8"))
    return {
      tables: [
        {
          title: `idle: everything under npm start, ${seconds} s`,
          columns: ["process", "count", "resident MiB", "proportional MiB", "CPU % of a core"],
          rows: [
            ...[...roles].sort(([, a], [, b]) => b.proportional - a.proportional).map(([name, one]) => row(name, one)),
            row("all", totals),
          ],
        },
      ],
      notes: [
        `proportional: pages that processes share are counted once in all. Ready ${readySeconds.toFixed(1)} s after the start on an empty data folder. Bar: 1.2 GB resident, 5 % of one core.`,
      ],
      figures: { versions: await versionsOf(engines), seconds, readySeconds, totals, processes: Object.fromEntries(roles) },
    }
  } finally {
    child.kill("SIGTERM")
    await ended
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
