import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { authSecretFile, setupCodeFile, webSecretFile } from "../src/checkout.ts"
import { lockFolder } from "../src/folder-lock.ts"
import { passwordOf } from "../src/password.ts"
import { freePort, Ports } from "../src/ports.ts"
import { databaseUrlOf } from "../src/postgres.ts"
import { readObject, writeWhole } from "../src/state-file.ts"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "footfall-state-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const spoilt = ["", '{"web": 3', "null", "7", "[]"]

it("a state file is written whole, for its owner only, and leaves no draft", () => {
  const file = join(folder, "state.json")
  writeWhole(file, '{"a":1}')
  writeWhole(file, '{"a":2}')
  expect(readObject(file)).toEqual({ a: 2 })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(["state.json"])
})

describe("a table of ports", () => {
  it.each(spoilt)("that holds %j is made anew", async (text) => {
    const file = join(folder, "ports.json")
    writeFileSync(file, text)
    const port = await new Ports(file).of("web")
    expect(readObject(file)).toEqual({ web: port })
  })

  it.each([-1, 0, 65_536, 1.5, "3000", null])("that gives a program the port %j gives it another, and keeps the rest", async (wrong) => {
    const file = join(folder, "ports.json")
    const kept = await freePort()
    writeFileSync(file, JSON.stringify({ web: wrong, ingest: kept }))
    const port = await new Ports(file).of("web")
    expect(readObject(file)).toEqual({ web: port, ingest: kept })
  })
})

it.each([...spoilt, '{"pid":99999}', '{"pid":1,"identity":"an older one","children":[{"pid":1}]}', '{"children":7}'])(
  "a lock that holds %j is nobody's",
  async (text) => {
    const file = join(folder, "stack.lock")
    writeFileSync(file, text)
    const lock = await lockFolder(folder)
    expect(readObject(file)).toMatchObject({ pid: process.pid, children: [] })
    lock.release()
  },
)

describe.each(["", "\n"])("a secret's file that holds %j", (text) => {
  it("is made anew: the secret of sessions, the setup code, the password of Redis", () => {
    for (const name of ["auth.secret", "web.secret", "setup.code", "redis.password"]) writeFileSync(join(folder, name), text)
    expect(readFileSync(authSecretFile(folder), "utf8")).toMatch(/^[\w-]{43}$/)
    expect(readFileSync(webSecretFile(folder), "utf8")).toMatch(/^[\w-]{43}$/)
    expect(readFileSync(setupCodeFile(folder), "utf8")).toMatch(/^([A-Z2-9]{5}-){3}[A-Z2-9]{5}$/)
    const password = passwordOf(folder, "redis")
    expect(password).toMatch(/^[0-9a-f]{48}$/)
    expect(passwordOf(folder, "redis")).toBe(password)
  })

  it("is made anew for Postgres while there is no database, and asked for once there is one", () => {
    const file = join(folder, "postgres.password")
    writeFileSync(file, text)
    expect(databaseUrlOf(folder, 1)).toMatch(/^postgres:\/\/footfall:[0-9a-f]{48}@/)
    mkdirSync(join(folder, "postgres/data"), { recursive: true })
    expect(databaseUrlOf(folder, 1)).toContain(readFileSync(file, "utf8"))
    for (const lose of [() => writeFileSync(file, text), () => rmSync(file)]) {
      lose()
      expect(() => databaseUrlOf(folder, 1)).toThrow(`${file} is missing or empty`)
      expect(() => databaseUrlOf(folder, 1)).toThrow(`Put the file back from a backup; or remove ${join(folder, "postgres")}`)
    }
  })
})
