import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, it } from "vitest"
import { processIdentity } from "../src/machine.ts"
import { makeClone } from "./fixtures/clone.ts"

const home = mkdtempSync(join(tmpdir(), "footfall-signals-"))
let stand: ReturnType<typeof makeClone>
let group: number | undefined

/** Runs a script of the real package.json with the real npm, as a terminal would: in a process group of its own. */
const run = async (script: string, env: Record<string, string> = {}, lines = 1) => {
  const before = stand.calls().length
  const child = spawn("npm", ["run", script], {
    cwd: stand.clone,
    env: { ...process.env, PATH: stand.realPath, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  })
  group = child.pid
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (output += bytes.toString()))
  const told = () => stand.calls().slice(before)
  await expect.poll(() => told().length).toBe(lines)
  const pid = Number(told().at(-1))
  const closed = once(child, "close")
  return { child, pid, told: () => told().slice(lines), output: () => output, closed }
}

/** Installs with the stand-ins; nothing runs after it. */
const install = () =>
  spawn(process.execPath, [join(stand.clone, "infra/local/bootstrap.mjs"), "generate"], { env: { PATH: stand.path }, stdio: "ignore" })

beforeAll(async () => {
  stand = makeClone(home, "clone")
  stand.write(
    "infra/local/src/check.ts",
    `import { appendFileSync } from "node:fs"
const tell = (line: string) => appendFileSync(${JSON.stringify(stand.callsFile)}, line + "\\n")
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => (tell(name), process.exit(0)))
setInterval(() => undefined, 1000)
tell(String(process.pid))
`,
  )
  await once(install(), "exit")
})

// Only a test that failed leaves somebody in the group.
afterEach(() => {
  try {
    if (group !== undefined) process.kill(-group, "SIGKILL")
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ESRCH") throw cause
  }
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

it.each([
  ["SIGINT", "SIGINT"],
  ["SIGTERM", "SIGTERM"],
  // npm dies of these without a word to its script.
  ["SIGHUP", "SIGTERM"],
  ["SIGKILL", "SIGTERM"],
] as const)("%s to npm ends the command by %s", async (signal, arrived) => {
  const { child, pid, told, closed } = await run("check")
  child.kill(signal)
  await closed
  await expect.poll(() => processIdentity(pid)).toBeUndefined()
  expect(told()).toEqual([arrived])
})

it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s to the whole group, as from a terminal, ends the command", async (signal) => {
  const { child, pid, told, closed } = await run("check")
  process.kill(-(child.pid ?? 0), signal)
  await closed
  await expect.poll(() => processIdentity(pid)).toBeUndefined()
  expect(told()).toContain(signal)
})

it("an installation ends with the command that waits for it", async () => {
  stand.write("pnpm-lock.yaml", "lock: 2\n")
  const { child, pid, closed } = await run("check", { SLOW: "1" }, 2)
  await expect.poll(() => processIdentity(pid)).toContain("sleep 60")
  child.kill("SIGINT")
  await closed
  await expect.poll(() => processIdentity(pid)).toBeUndefined()
  expect(child.exitCode).toBe(1)
  await once(install(), "exit")
})

it("a command that somebody killed is not gone in silence", async () => {
  const { child, pid, output, closed } = await run("check")
  process.kill(pid, "SIGKILL")
  await closed
  expect(child.exitCode).toBe(1)
  expect(output()).toContain("The run of the checks was ended by SIGKILL. Start again with npm run check.")
})
