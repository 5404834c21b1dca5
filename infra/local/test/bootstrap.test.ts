import { execFileSync, spawnSync, type ExecFileSyncOptionsWithStringEncoding } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeEach, describe, expect, it } from "vitest"
import { makeClone, nodePackage, pnpmVersion } from "./fixtures/clone.ts"

const home = mkdtempSync(join(tmpdir(), "footfall bootstrap "))
let stand: ReturnType<typeof makeClone>

afterAll(() => rmSync(home, { recursive: true, force: true }))

beforeEach(() => {
  stand = makeClone(home, "l'été d'un clone")
  stand.write(
    "infra/local/src/check.ts",
    "const args: Array<string> = process.argv.slice(2)\nconsole.log(JSON.stringify({ args, npm: Object.keys(process.env).filter((n) => n.startsWith('npm_package')) }))\nprocess.exitCode = 7\n",
  )
})

const bootstrap = (args: ReadonlyArray<string>, env: Record<string, string> = {}, clone = stand.clone) => {
  try {
    const options: ExecFileSyncOptionsWithStringEncoding = {
      cwd: home,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: stand.path, ...env },
    }
    return { status: 0, output: execFileSync(process.execPath, [join(clone, "infra/local/bootstrap.mjs"), ...args], options) }
  } catch (cause) {
    const { status, stdout, stderr } = cause as { status: number; stdout: string; stderr: string }
    return { status, output: stdout + stderr }
  }
}

const installs = () => stand.calls().filter((line) => line.startsWith("pnpm install"))

it("a fresh clone gets pnpm, its packages and then its command, with arguments in and exit code out", () => {
  const { status, output } = bootstrap(["check", "--flag", "two words"], { npm_package_name: "outer" })
  expect(status).toBe(7)
  expect(output).toContain('{"args":["--flag","two words"],"npm":[]}')
  expect(output).toContain(`Fetching pnpm ${pnpmVersion} from npm into .footfall/tools`)
  expect(stand.calls()).toEqual([expect.stringMatching(/^npm install /), expect.stringMatching(/^pnpm install --frozen-lockfile/)])
})

it("goes on when the reader of its output has gone, as in npm start | head", () => {
  const file = join(stand.clone, "infra/local/bootstrap.mjs")
  const { stderr } = spawnSync("sh", ["-c", '{ sleep 0.2; "$0" "$1" check; echo "ended with $?" >&2; } | true', process.execPath, file], {
    encoding: "utf8",
    env: { PATH: stand.path },
  })
  expect(stderr).not.toContain("EPIPE")
  expect(stderr).toContain("ended with 7")
})

it("packages are installed again only when lockfile, workspace or a manifest changed", () => {
  bootstrap(["check"])
  bootstrap(["check"])
  expect(stand.calls()).toHaveLength(2)
  for (const file of ["pnpm-lock.yaml", "services/one/package.json", "pnpm-workspace.yaml"]) {
    stand.write(file, `${readFileSync(join(stand.clone, file), "utf8")}\n`)
    bootstrap(["check"])
  }
  expect(installs()).toHaveLength(4)
})

it.each([
  ["a package of a folder", "services/one/node_modules", "services/one/node_modules/left"],
  ["what a package needs", "node_modules/.pnpm/right@1", "right of left@1"],
  ["the inside of a package", "node_modules/.pnpm/right@1/node_modules/right/package.json", "right of left@1"],
  ["Node", `node_modules/${nodePackage}`, `node_modules/${nodePackage}`],
  ["the programs", "node_modules/.bin", "node_modules/.bin"],
])("packages are installed once more, whatever pnpm believes, when %s was removed", (_, removed, named) => {
  bootstrap(["check"])
  rmSync(join(stand.clone, removed), { recursive: true })
  const { status, output } = bootstrap(["check"])
  expect(status).toBe(7)
  expect(output).toContain(`${named} is missing: installing all packages again`)
  expect(installs()).toEqual([expect.not.stringContaining("--force"), expect.stringContaining("--force")])
  bootstrap(["check"])
  expect(installs()).toHaveLength(2)
})

it("a pnpm that cannot be read is fetched again", () => {
  bootstrap(["check"])
  stand.write(".footfall/tools/node_modules/pnpm/package.json", "no JSON")
  const { status, output } = bootstrap(["check"])
  expect(status).toBe(7)
  expect(output).toContain("Fetching pnpm")
  expect(output).not.toContain("SyntaxError")
})

it("a failed installation shows what it said, starts nothing, and is tried again", () => {
  const { status, output } = bootstrap(["check"], { BROKEN: "1" })
  expect(status).toBe(1)
  expect(output).toMatch(/Installing packages failed \(exit code 1\)\. It said:\nlockfile is out of date/)
  expect(output).not.toContain("args")
  expect(bootstrap(["check"]).status).toBe(7)
})

it.each([["fly"], ["toString"], []])("the command %j is answered with those that exist", (...args) => {
  const { status, output } = bootstrap(args)
  expect(status).toBe(1)
  expect(output).toContain("start | test | check | demo | bench | generate | format")
  expect(output).not.toContain("Error")
})

it("the commands are listed for --help", () => {
  const { status, output } = bootstrap(["--help"])
  expect(status).toBe(0)
  expect(output).toContain("start | test | check | demo | bench | generate | format")
  expect(stand.calls()).toEqual([])
})

it("a missing program that nobody can install is named before anything is fetched, with what cannot run and what to do", () => {
  mkdirSync(join(home, "empty"), { recursive: true })
  const { status, output } = bootstrap(["start"], { PATH: join(home, "empty") })
  expect(status).toBe(1)
  expect(output).toMatch(/redis-server is missing, so the event log cannot run\. Install Redis 7 or newer/)
  expect(stand.calls()).toEqual([])
})

describe("a path that a program of others cannot bear is refused before anything runs", () => {
  it.each(['"', "$", "`", "#", "%", "?", ":", "&", "<", "[", "*", "\n"])("%j in the path of the checkout", (bad) => {
    const moved = join(home, `a${bad}b`)
    renameSync(stand.clone, moved)
    const { status, output } = bootstrap(["check"], {}, moved)
    rmSync(moved, { recursive: true })
    expect(status).toBe(1)
    expect(output).toMatch(/^\nThe path of this checkout, .*cannot bear: take a path without/s)
    expect(stand.calls()).toEqual([])
  })

  it("in FOOTFALL_DATA", () => {
    const { status, output } = bootstrap(["check"], { FOOTFALL_DATA: join(home, "`id`") })
    expect(status).toBe(1)
    expect(output).toMatch(/^\nFOOTFALL_DATA, .* has ` in it, which a database or the build of the dashboard cannot bear/)
    expect(stand.calls()).toEqual([])
  })
})

it("what npm start runs is compiled once after an installation, and when the cache is gone", () => {
  writeFileSync(join(stand.clone, "infra/local/src/start.ts"), "")
  stand.write(
    "infra/local/src/warm.ts",
    `import { appendFileSync } from "node:fs"\nappendFileSync(${JSON.stringify(stand.callsFile)}, "compile into " + process.env["NODE_COMPILE_CACHE"] + "\\n")\n`,
  )
  const compiled = () => stand.calls().filter((line) => line.startsWith("compile"))
  for (let i = 0; i < 2; i++) expect(bootstrap(["start"]).status).toBe(0)
  const cache = join(stand.clone, ".footfall/compile-cache")
  expect(compiled()).toEqual([`compile into ${cache}`])
  rmSync(cache, { recursive: true })
  bootstrap(["start"])
  expect(compiled()).toHaveLength(2)
  stand.write("pnpm-lock.yaml", "lock: 2\n")
  bootstrap(["start"])
  expect(compiled()).toHaveLength(3)
})
