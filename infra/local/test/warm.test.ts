import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { root } from "../src/checkout.ts"

const cache = mkdtempSync(join(tmpdir(), "footfall-compiled-"))

const run = (file: string, args: ReadonlyArray<string>, env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [join(root, file), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: cache, ...env },
  })

beforeAll(() => {
  const { status, stdout, stderr } = run("infra/local/src/warm.ts", [])
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" })
})

afterAll(() => rmSync(cache, { recursive: true, force: true }))

// Without their environment, and with a port that is none, the programs end as soon as everything is loaded.
it.each([
  ["infra/local/src/start.ts", ["--help"]],
  ["infra/local/src/door/main.ts", []],
  ["infra/local/src/door/engine.ts", []],
  ["infra/local/src/door/handle.ts", []],
  ["services/migrate/src/main.ts", []],
  ["services/query/src/main.ts", []],
  ["services/enrichment-worker/src/main.ts", []],
  ["services/ingest/src/main.ts", []],
  ["web/server.ts", []],
])("%s finds all its TypeScript compiled, although it never ran", (file, args) => {
  const { stdout, stderr } = run(file, args, { PORT: "none", NODE_DEBUG_NATIVE: "COMPILE_CACHE" })
  const asked = [...`${stdout}${stderr}`.matchAll(/retrieving transpile cache for StrippedTypeScript \S*\/(\S+?)\.\.\.(\w+)/g)]
  expect(asked.length).toBeGreaterThan(1)
  expect(asked.filter(([, , found]) => found !== "success").map(([, name]) => name)).toEqual([])
})
