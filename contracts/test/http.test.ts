import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { compare } from "./support/agreement.ts"
import { generateFixture } from "./support/fixture.ts"
import { serveLibrary } from "./support/library-server.ts"

let fixture: Awaited<ReturnType<typeof generateFixture>>
let server: Awaited<ReturnType<typeof serveLibrary>>

beforeAll(async () => {
  fixture = await generateFixture()
  server = await serveLibrary(fixture.library, fixture.shared)
})
afterAll(async () => {
  await server?.stop()
  fixture?.dispose()
})

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${server.url}${path}`, init)
  const type = response.headers.get("content-type") ?? ""
  const text = await response.text()
  return { status: response.status, type, headers: response.headers, body: type.includes("json") ? JSON.parse(text) : text }
}
const session = { cookie: "other=1; library_session=ada" }
const post = (body: unknown, headers: Record<string, string> = session, method = "POST"): RequestInit => ({
  method,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
})

describe("credentials", () => {
  it("a cookie lets a request in", async () => {
    expect(await ask("/books", { headers: session })).toMatchObject({ status: 200 })
  })
  it("so does the other scheme, a bearer token", async () => {
    expect(await ask("/books", { headers: { authorization: "Bearer key" } })).toMatchObject({ status: 200 })
  })
  it("without one the answer is a 401 problem, whatever else is wrong with the request", async () => {
    expect(await ask("/books?limit=0")).toMatchObject({
      status: 401,
      type: "application/problem+json",
      body: { type: "about:blank", title: "Unauthorized", status: 401 },
    })
  })
  it("middleware learns the scopes of the operation", async () => {
    const answer = await ask("/books", post({ title: "t" }, { authorization: "Bearer reader" }))
    expect(answer).toMatchObject({ status: 403, body: { status: 403, detail: "needs books:write" } })
  })
  it("optional security serves both", async () => {
    const books = [{ id: "0b1f7d6e-1111-4222-8333-444455556666" }]
    expect(await ask("/returns", post({ books }, {}))).toMatchObject({ status: 202, body: { taken: 1 } })
    expect(await ask("/returns", post({ books }))).toMatchObject({ status: 202, body: { taken: 101 } })
  })
})

describe("input", () => {
  it("parameters are decoded, defaults filled in, arrays split or repeated", async () => {
    expect((await ask("/books?kinds=novel,map&tag=a&tag=b", { headers: session })).body).toEqual({
      limit: 10,
      kinds: ["novel", "map"],
      tag: ["a", "b"],
    })
    expect((await ask("/books?tag=a&limit=50", { headers: session })).body).toEqual({ limit: 50, tag: ["a"] })
  })
  it("every wrong parameter is named in one problem", async () => {
    const { body, status, type } = await ask("/books?limit=51&kinds=novel,opera&colour=red", { headers: session })
    expect([status, type]).toEqual([400, "application/problem+json"])
    expect(body.errors).toEqual([
      { in: "query", pointer: "/colour", message: "Unknown parameter" },
      { in: "query", pointer: "/limit", message: "Expected a value between 1 and 50" },
      { in: "query", pointer: "/kinds/1", message: `Expected "novel", "poem" or "map"` },
    ])
  })
  it("an integer in a parameter is written in digits", async () => {
    for (const limit of ["1e1", "0x10", "+5", " 5", "5 ", "5.0", "05", "", "Infinity", "ten"]) {
      const { body } = await ask(`/books?limit=${encodeURIComponent(limit)}`, { headers: session })
      expect(body.errors, limit).toEqual([{ in: "query", pointer: "/limit", message: "Expected an integer" }])
    }
  })
  it("a parameter that has one value is given once, whatever its type; one with several may be repeated", async () => {
    const { body } = await ask("/books?limit=1&limit=2&kinds=map&kinds=poem&tag=a&tag=", { headers: session })
    expect(body.errors).toEqual([
      { in: "query", pointer: "/limit", message: "Expected only once, but given several times" },
      { in: "query", pointer: "/kinds", message: "Expected only once, but given several times" },
      { in: "query", pointer: "/tag/1", message: "Expected a string with at least 1 character" },
    ])
  })
  it("path and header parameters are checked", async () => {
    expect(
      (await ask("/books/7", { ...post({ title: "t" }, { ...session, "content-type": "application/merge-patch+json" }, "PATCH") })).body
        .errors,
    ).toEqual([{ in: "path", pointer: "/bookId", message: "Expected a UUID" }])
    expect((await ask("/books", { headers: { ...session, "x-trace": "t" } })).body.errors).toEqual([
      { in: "header", pointer: "/x-trace", message: "Expected a UUID" },
    ])
  })
  it("a closed body refuses unknown properties, all errors at once", async () => {
    const { body } = await ask("/books", post({ title: "", pages: 3 }))
    expect(body.errors).toEqual([
      { in: "body", pointer: "/pages", message: "Unknown field" },
      { in: "body", pointer: "/title", message: "Expected a string with at least 1 character" },
    ])
  })
  it("what is no JSON is a 400", async () => {
    expect(await ask("/books", { ...post(null), body: "{" })).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            in: "body",
            pointer: "",
            message: "Invalid JSON at position 1 (line 1, column 2): expected a property name in double quotes",
          },
        ],
      },
    })
  })
  it("a text that is not UTF-8 is refused, and one that says it is in another encoding or packed is 415", async () => {
    const title = (bytes: ReadonlyArray<number>) => Buffer.concat([Buffer.from('{"title":"'), Buffer.from(bytes), Buffer.from('"}')])
    const send = (bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      ask("/books", { method: "POST", headers: { "content-type": "application/json", ...session, ...headers }, body: bytes })
    for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80]]) {
      expect(await send(title(bytes))).toMatchObject({
        status: 400,
        body: { errors: [{ in: "body", pointer: "", message: "Expected UTF-8 text" }] },
      })
    }
    expect((await send(title([0xc3, 0xa9]))).body.title).toBe("é, novel")
    expect((await send(title([0xc3, 0xa9]), { "content-type": `application/json; charset="UTF-8"` })).status).toBe(201)
    for (const headers of [
      { "content-type": "application/json; charset=utf-16" },
      { "content-type": `application/json;boundary=x; charset="latin1"` },
      { "content-encoding": "gzip" },
    ]) {
      expect(await send(title([0x61]), headers)).toMatchObject({ status: 415, type: "application/problem+json", body: { status: 415 } })
    }
  })
  it("a raw body reaches its handler undecoded, and x-each keeps what is good in it", async () => {
    const books = [{ id: "0b1f7d6e-1111-4222-8333-444455556666" }, { id: 3 }]
    expect(await ask("/returns", { ...post({ books }, {}), headers: { "content-type": "text/plain" } })).toMatchObject({
      status: 202,
      body: { taken: 1 },
    })
    expect(await ask("/returns", post({ books: [] }, {}))).toMatchObject({
      status: 400,
      body: { errors: [{ in: "body", pointer: "/books" }] },
    })
  })
  it("a form brings a file", async () => {
    const form = new FormData()
    form.set("file", new Blob(["x"]), "scan.png")
    form.set("note", "n")
    expect((await ask("/scans", { method: "POST", body: form })).body).toEqual({ name: "scan.png", note: "n" })
  })
})

describe("answers", () => {
  it("201 with its required header", async () => {
    const { body, headers, status } = await ask("/books", post({ title: "Emma" }))
    expect([status, headers.get("location"), body.title]).toEqual([201, "/books/1", "Emma, novel"])
  })
  it("an error with its required header", async () => {
    const { body, headers, status, type } = await ask("/books", post({ title: "slow" }))
    expect([status, type, headers.get("retry-after")]).toEqual([429, "application/problem+json", "7"])
    expect(body).toEqual({ type: "about:blank", title: "Too Many Requests", status: 429, detail: "later" })
  })
  it("204 without a body, 404 as a problem", async () => {
    const change = (title: string) =>
      ask(
        "/books/0b1f7d6e-1111-4222-8333-444455556666",
        post({ title }, { ...session, "content-type": "application/merge-patch+json" }, "PATCH"),
      )
    expect(await change("new")).toMatchObject({ status: 204, body: "" })
    expect(await change("gone")).toMatchObject({ status: 404, body: { title: "Not Found", detail: "no such book" } })
  })
  it("CSV, and server-sent events", async () => {
    const csv = await ask("/labels")
    expect([csv.type.split(";")[0], csv.body, csv.headers.get("content-disposition")]).toEqual(["text/csv", "a,b\n", "attachment"])
    const events = await ask("/bell")
    expect([events.type.split(";")[0], events.body.match(/data:/g)]).toEqual(["text/event-stream", ["data:", "data:"]])
  })
})

describe("what the real specifications do not use yet accepts exactly what the contract accepts", () => {
  const author = { kind: "person", name: "Ada", born: "1815-12-10" }
  const samples: Readonly<Record<string, unknown>> = {
    Book: {
      id: "0b1f7d6e-1111-4222-8333-444455556666",
      title: "t",
      author,
      rating: 4.5,
      borrowedBy: author,
      mood: null,
      year: 1800,
      pages: 2,
      shelf: { label: "AB", inside: [{ label: "C", inside: [{ label: "D" }] }] },
      seen: ["2026-01-01T00:00:00Z"],
      mail: "a@b.de",
      host: "a.b",
      facts: { a: 1, b: null },
      anything: [1],
      free: { x: {} },
      open: { a: "x", b: 1 },
    },
    Author: { kind: "company", name: "Acme", site: "https://a.example/" },
    Shelf: { label: "AB", inside: [{ label: "C", inside: [] }] },
    BookCreate: { title: "t", kind: "map" },
    BookPatch: { title: "t", rating: null },
  }
  for (const [name, sample] of Object.entries(samples)) {
    it(`${name}, 6,000 mutated values`, () => {
      const { accepted, disagreements } = compare({ document: fixture.document, name, schema: fixture.library[name], sample, inputs: 6000 })
      expect(disagreements).toEqual([])
      expect(accepted).toBeGreaterThan(50)
    })
  }
})
