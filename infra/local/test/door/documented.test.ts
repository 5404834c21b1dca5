import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, it } from "vitest"
import { readerName, readerSettings } from "../../src/door/users.ts"
import { openDoor, type OpenDoor } from "./openDoor.ts"

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door?.close())

const page = readFileSync(new URL("../../../../docs/your-own-engines.md", import.meta.url), "utf8")
const documented = (/```sql\n([\s\S]*?)```/.exec(page)?.[1] ?? "").split(";").flatMap((text) => (text.trim() === "" ? [] : [text.trim()]))

it("the documented users of a real ClickHouse are written as ClickHouse reads them", async () => {
  expect(documented).toHaveLength(8)
  for (const statement of documented) {
    const answer = await door.post(`EXPLAIN AST ${statement}`)
    expect([statement, answer.headers.get("x-clickhouse-exception-code")]).toEqual([statement, null])
  }
})

it("the user for reading has the limits here that are documented for a real one", () => {
  const [profile = ""] = documented
  expect(profile).toContain(`PROFILE ${readerName} `)
  for (const [name, value] of readerSettings) expect(profile).toContain(`${name} = ${value} MAX ${value}`)
})
