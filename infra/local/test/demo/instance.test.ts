import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { runningInstance } from "../../src/demo/instance.ts"
import { readState } from "../../src/demo/state.ts"
import { Unable } from "../../src/unable.ts"

const folder = mkdtempSync(join(tmpdir(), "footfall-instance-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(["", "no JSON", "null", "7"])("a file of ours that holds %j is named, with what to do", async (text) => {
  const [runtime, state] = [join(folder, "runtime.json"), join(folder, "demo.json")]
  for (const file of [runtime, state]) writeFileSync(file, text)
  const refusal = runningInstance(folder, {})
  await expect(refusal).rejects.toThrow(`${runtime} is not readable: stop "npm start" and start it again, which writes it anew.`)
  await expect(refusal).rejects.toBeInstanceOf(Unable)
  expect(() => readState(state)).toThrow(new Unable(`${state} is not readable: remove it and run the demo again.`))
})

test("an instance elsewhere is named by all three of its addresses", async () => {
  const refusal = runningInstance(folder, { FOOTFALL_QUERY_URL: "https://stats.example.com" })
  await expect(refusal).rejects.toThrow(new Unable("For an instance elsewhere set FOOTFALL_INGEST_URL and FOOTFALL_WEB_URL, too."))
})

test("what a demo of an earlier version left is not gone on with", () => {
  const state = join(folder, "demo.json")
  writeFileSync(state, JSON.stringify({ projectId: "1", secretKey: "ffs_x", filled: true }))
  expect(readState(state)).toBeUndefined()
})

test("an instance that is not ready yet is waited for, one that is gone is not", async () => {
  let asked = 0
  const server = createServer((_, response) => response.writeHead(asked++ < 2 ? 503 : 200).end())
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`
  const env = { FOOTFALL_INGEST_URL: url, FOOTFALL_QUERY_URL: `${url}/`, FOOTFALL_WEB_URL: "https://stats.example.com" }
  expect(await runningInstance(folder, env)).toEqual({ ingestUrl: url, queryUrl: url, webUrl: "https://stats.example.com" })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await expect(runningInstance(folder, env)).rejects.toThrow(`Nobody answers at ${url}`)
})
