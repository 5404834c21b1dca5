import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
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
