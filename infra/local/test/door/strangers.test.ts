import { get } from "node:http"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openDoor, type OpenDoor } from "./openDoor.ts"

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door?.close())

it("pages in a browser are refused", async () => {
  expect((await fetch(`${door.url}/?query=SELECT+1`, { headers: { Origin: "https://example.org" } })).status).toBe(403)
  expect(await (await fetch(`${door.url}/ping`)).text()).toBe("Ok.\n")
})

/** Asks under another name, as a browser does for a page whose name was made to point here. */
const asNamed = (host: string, path: string) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    get(new URL(path, door.url), { headers: { host, ...door.auth } }, (response) => {
      let body = ""
      response.setEncoding("utf8").on("data", (part: string) => (body += part))
      response.once("end", () => resolve({ status: response.statusCode ?? 0, body }))
    }).once("error", reject)
  })

it("a name that is not this machine's is refused, so a page cannot get in by pointing its own name here", async () => {
  expect((await asNamed("evil.example:8123", "/?query=SELECT+1")).status).toBe(403)
  expect((await asNamed("localhost:8123", "/?query=SELECT+1")).body).toBe("1\n")
})

it("a GET only reads, whatever its settings say", async () => {
  const answer = await fetch(`${door.url}/?query=CREATE+TABLE+sneaked+(a+Int8)+ENGINE+=+Memory&readonly=0`, { headers: door.auth })
  expect(await answer.text()).toContain("readonly")
  expect(answer.ok).toBe(false)
})
