import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from "node:child_process"
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeEach, expect, it } from "vitest"
import { root } from "../src/checkout.ts"

const home = mkdtempSync(join(tmpdir(), "footfall bootstrap "))
const clone = join(home, "a clone")

afterAll(() => rmSync(home, { recursive: true, force: true }))

const executable = (file: string, text: string) => {
  writeFileSync(file, text)
  chmodSync(file, 0o755)
}

/** A clone with the real bootstrap, and stand-ins for npm, pnpm and what is started, that note how they were called. */
beforeEach(() => {
  rmSync(clone, { recursive: true, force: true })
  mkdirSync(join(clone, "infra/local/src"), { recursive: true })
  mkdirSync(join(clone, "services/one"), { recursive: true })
  mkdirSync(join(home, "bin"), { recursive: true })
  cpSync(join(root, "infra/local/bootstrap.mjs"), join(clone, "infra/local/bootstrap.mjs"))
  cpSync(join(root, "infra/local/bootstrap"), join(clone, "infra/local/bootstrap"), { recursive: true })
  writeFileSync(join(clone, "package.json"), "{}")
  writeFileSync(join(clone, "pnpm-lock.yaml"), "lock: 1\n")
  writeFileSync(join(clone, "pnpm-workspace.yaml"), "packages:\n  - services/*\n  - infra/local\n\ncatalog:\n  a: 1\n")
  writeFileSync(join(clone, "services/one/package.json"), "{}")
  writeFileSync(
    join(clone, "infra/local/src/check.ts"),
    "const args: Array<string> = process.argv.slice(2)\nconsole.log(JSON.stringify({ args, npm: Object.keys(process.env).filter((n) => n.startsWith('npm_package')) }))\nprocess.exitCode = 7\n",
  )
  executable(
    join(home, "bin/npm"),
    `#!/bin/sh
echo "npm $*" >> "${home}/calls"
mkdir -p node_modules/pnpm node_modules/.bin
echo '{"version":"12.21.0"}' > node_modules/pnpm/package.json
printf '#!/bin/sh\\necho "pnpm $*" >> "${home}/calls"\\nmkdir -p node_modules\\ntouch node_modules/.modules.yaml\\n[ -z "$BROKEN" ] || { echo "lockfile is out of date"; exit 1; }\\n' > node_modules/.bin/pnpm
chmod +x node_modules/.bin/pnpm
`,
  )
  writeFileSync(join(home, "calls"), "")
})

const calls = () =>
  readFileSync(join(home, "calls"), "utf8")
    .trim()
    .split("\n")
    .filter((line) => line !== "")

const bootstrap = (args: ReadonlyArray<string>, env: Record<string, string> = {}) => {
  try {
    const options: ExecFileSyncOptionsWithStringEncoding = {
      cwd: home,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: `${home}/bin:${process.env["PATH"]}`, ...env },
    }
    return { status: 0, output: execFileSync(process.execPath, [join(clone, "infra/local/bootstrap.mjs"), ...args], options) }
  } catch (cause) {
    const { status, stdout, stderr } = cause as { status: number; stdout: string; stderr: string }
    return { status, output: stdout + stderr }
  }
}

it("a fresh clone gets pnpm, its packages and then its command, with arguments in and exit code out", () => {
  const { status, output } = bootstrap(["check", "--flag", "two words"], { npm_package_name: "outer" })
  expect(status).toBe(7)
  expect(output).toContain('{"args":["--flag","two words"],"npm":[]}')
  expect(output).toContain("Fetching pnpm 12.21.0 from npm into .footfall/tools")
  expect(calls()).toEqual([expect.stringMatching(/^npm install /), expect.stringMatching(/^pnpm install --frozen-lockfile/)])
})

it("packages are installed again only when lockfile, workspace or a manifest changed", () => {
  bootstrap(["check"])
  bootstrap(["check"])
  expect(calls()).toHaveLength(2)
  for (const file of ["pnpm-lock.yaml", "services/one/package.json", "pnpm-workspace.yaml"]) {
    writeFileSync(join(clone, file), `${readFileSync(join(clone, file), "utf8")}\n`)
    bootstrap(["check"])
  }
  expect(calls().filter((line) => line.startsWith("pnpm"))).toHaveLength(4)
})

it("a failed installation shows what it said, starts nothing, and is tried again", () => {
  const { status, output } = bootstrap(["check"], { BROKEN: "1" })
  expect(status).toBe(1)
  expect(output).toMatch(/Installing packages failed \(exit code 1\)\. It said:\nlockfile is out of date/)
  expect(output).not.toContain("args")
  expect(bootstrap(["check"]).status).toBe(7)
})

it("an unknown command is answered with those that exist", () => {
  const { status, output } = bootstrap(["fly"])
  expect(status).toBe(1)
  expect(output).toContain("start | test | check | demo | bench")
})

it("a missing program that nobody can install is named, with what cannot run and what to do", () => {
  mkdirSync(join(home, "empty"), { recursive: true })
  bootstrap(["check"])
  const { status, output } = bootstrap(["start"], { PATH: join(home, "empty") })
  expect(status).toBe(1)
  expect(output).toMatch(/redis-server is missing, so the event log cannot run\. Install Redis 7 or newer/)
})
