import { spawnSync } from "node:child_process"
import { statSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { root } from "../src/checkout.ts"
import { runChecks } from "../src/check.ts"

const run = (file: string, ...args: ReadonlyArray<string>) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, file), ...args], { cwd: root, encoding: "utf8" })
  return { status, stdout, stderr }
}

const commands = [
  ["npm start", "infra/local/src/start.ts"],
  ["npm test", "infra/local/src/test.ts"],
  ["npm run check", "infra/local/src/check.ts"],
  ["npm run demo", "infra/local/src/demo.ts"],
  ["npm run bench", "tests/load/main.ts"],
  ["npm run generate", "infra/local/src/generate.ts"],
  ["npm run format", "infra/local/src/format.ts"],
] as const

it.each(commands)("%s -- --help prints how it is used and does nothing", (name, file) => {
  const { status, stdout, stderr } = run(file, "--help")
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" })
  expect(stdout).toMatch(new RegExp(`^${name}`))
  expect(stdout).toContain("--help")
})

it.each(commands)("%s refuses an option that it does not know with a sentence and its usage", (name, file) => {
  const { status, stdout, stderr } = run(file, "--nonsense")
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" })
  expect(stderr).toMatch(new RegExp(`^\nUnknown option '--nonsense'\\.\n\n${name}`))
  expect(stderr).not.toMatch(/\n +at /)
})

it.each([
  ["infra/local/src/start.ts", ["nonsense"], "Unexpected argument 'nonsense'."],
  ["infra/local/src/start.ts", ["--port", "4000"], "Unknown option '--port'."],
  ["infra/local/src/test.ts", ["--only"], "Option '--only <value>' argument missing."],
  ["infra/local/src/test.ts", ["--only="], 'There is no kind of test called "". There are: check, unit,'],
  ["infra/local/src/test.ts", ["--only=unit,toString"], 'There is no kind of test called "toString". There are: check, unit,'],
  ["infra/local/src/generate.ts", ["--check", "now"], "Unexpected argument 'now'."],
  ["tests/load/main.ts", [], "Say which scenario."],
  ["tests/load/main.ts", ["toString"], 'There is no scenario "toString".'],
  ["tests/load/main.ts", ["pipeline", "--events", "many"], '--events takes a whole number from 1 on, not "many".'],
])("%s %j is refused: %s", (file, args, sentence) => {
  const { status, stdout, stderr } = run(file, ...args)
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" })
  expect(stderr.startsWith(`\n${sentence}`)).toBe(true)
  expect(stderr).not.toMatch(/\n +at /)
})

it("npm run generate -- --check looks and changes nothing", () => {
  const file = join(root, "contracts/src/generated/shared.ts")
  const before = statSync(file).mtimeMs
  const { status, stdout } = run("infra/local/src/generate.ts", "--check")
  expect(stdout).toMatch(/^(ok {4}|FAILED) generated contracts/m)
  expect(stdout).toMatch(/^(ok {4}|FAILED) generated sdk/m)
  expect(status).toBe(stdout.includes("FAILED") ? 1 : 0)
  expect(statSync(file).mtimeMs).toBe(before)
})

it("a check is named when it starts, and when it ends with how it went", async () => {
  const said: Array<string> = []
  const checks = [
    { name: "good", command: "true", args: [] },
    { name: "bad", command: "sh", args: ["-c", "echo why; exit 3"] },
  ]
  expect(await runChecks((line) => said.push(line), checks)).toEqual({ passed: 1, failed: 1 })
  expect(said.slice(0, 2)).toEqual(["...    good", "...    bad"])
  expect(said.slice(2).toSorted()).toEqual([
    "       why",
    expect.stringMatching(/^FAILED bad +\d+\.\d s$/),
    expect.stringMatching(/^ok {5}good +\d+\.\d s$/),
  ])
})
