import { createServer, type IncomingHttpHeaders } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from "vitest"
import {
  createAnalyticsClient,
  createIngestClient,
  createManagementClient,
  isProblem,
  ProblemError,
  unwrap,
  type Breakdown,
  type Project,
  type Receipt,
  type Timeseries,
} from "../src/api/index.ts"

interface Seen {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

const seen: Seen[] = []
let answer: { status: number; headers?: Record<string, string>; body?: unknown }
const server = createServer(async (request, response) => {
  let body = ""
  for await (const chunk of request) body += chunk
  seen.push({ method: request.method!, url: request.url!, headers: request.headers, body })
  const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body)
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end(text)
})
let baseUrl = ""

beforeEach(async () => {
  seen.length = 0
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const project = {
  id: "728291047",
  name: "Shop",
  domain: null,
  timeZone: "Europe/Berlin",
  createdAt: "2026-11-23T12:00:00Z",
  writeKey: "ffw_key",
}
const path = { projectId: "728291047" }
const range = { from: "2026-11-01", to: "2026-11-02" }
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("it succeeded"),
    (error: unknown) => error as ProblemError,
  )

describe("the API clients", () => {
  test("send the token as bearer and give typed data", async () => {
    answer = { status: 200, body: project }
    const client = createManagementClient({ baseUrl, token: "ffs_secret" })
    const data = await unwrap(client.GET("/v1/projects/{projectId}", { params: { path } }))
    expectTypeOf(data).toEqualTypeOf<Project>()
    expect(data).toEqual(project)
    expect(seen).toMatchObject([{ method: "GET", url: "/v1/projects/728291047", headers: { authorization: "Bearer ffs_secret" } }])
  })

  test("send no authorization without a token", async () => {
    answer = { status: 200, body: { needed: true } }
    await unwrap(createManagementClient({ baseUrl }).GET("/v1/setup"))
    expect(seen[0]!.headers).not.toHaveProperty("authorization")
  })

  test("repeat the filter parameter for several filters, and escape their values", async () => {
    answer = { status: 200, body: {} }
    const filter = ["page:is:/a b&c=1,2", "country:is_not:DE"]
    const client = createAnalyticsClient({ baseUrl, token: "ffs_secret" })
    const data = await unwrap(
      client.GET("/v1/projects/{projectId}/breakdown", { params: { path, query: { ...range, dimension: "page", filter } } }),
    )
    // Branded: the same type, but what openapi-fetch reads is not written as an intersection.
    expectTypeOf(data).branded.toEqualTypeOf<Breakdown>()
    const { searchParams } = new URL(seen[0]!.url, baseUrl)
    expect(searchParams.getAll("filter")).toEqual(filter)
    expect(searchParams.get("dimension")).toBe("page")
  })

  test("send events as JSON and give the receipt", async () => {
    const receipt = { accepted: 1, refused: 0, refusals: [] }
    answer = { status: 202, body: receipt }
    const body = { events: [{ kind: "pageview" as const, url: "https://shop.example/", context: { ip: "192.0.2.1" } }] }
    const data = await unwrap(createIngestClient({ baseUrl, token: "ffs_secret" }).POST("/v1/events", { body }))
    expectTypeOf(data).toEqualTypeOf<Receipt>()
    expect(data).toEqual(receipt)
    expect(seen[0]!.headers["content-type"]).toBe("application/json")
    expect(JSON.parse(seen[0]!.body)).toEqual(body)
  })

  test("use the fetch that they are given", async () => {
    const asked: string[] = []
    const fetch = async (request: Request) => {
      asked.push(request.url)
      return Response.json({ visitors: 3, meta: { exact: true, rowsRead: 1, bytesRead: 1, elapsedMs: 1 } })
    }
    const client = createAnalyticsClient({ baseUrl: "https://footfall.example/", fetch })
    expect((await unwrap(client.GET("/v1/projects/{projectId}/online", { params: { path } }))).visitors).toBe(3)
    expect(asked).toEqual(["https://footfall.example/v1/projects/728291047/online"])
  })

  test("know at compile time which answers, parameters and paths there are", () => {
    const client = createAnalyticsClient({ baseUrl })
    const ask = () => client.GET("/v1/projects/{projectId}/timeseries", { params: { path, query: range } })
    expectTypeOf<NonNullable<Awaited<ReturnType<typeof ask>>["data"]>>().toEqualTypeOf<Timeseries>()
    // @ts-expect-error a breakdown needs a dimension
    void (() => client.GET("/v1/projects/{projectId}/breakdown", { params: { path, query: range } }))
    // @ts-expect-error there is no such path
    void (() => client.GET("/v1/projects/{projectId}/nothing", { params: { path } }))
    expect(ask).toBeTypeOf("function")
  })
})

describe("problems", () => {
  const client = () => createAnalyticsClient({ baseUrl })
  const ask = () => client().GET("/v1/projects/{projectId}/timeseries", { params: { path, query: range } })

  test("come as values where the caller looks at them", async () => {
    const problem = { type: "about:blank", title: "Not Found", status: 404 }
    answer = { status: 404, headers: { "content-type": "application/problem+json" }, body: problem }
    const { data, error } = await ask()
    expect(data).toBeUndefined()
    expect(error).toEqual(problem)
    expect(isProblem(error)).toBe(true)
  })

  test("are thrown by unwrap, with what is wrong where", async () => {
    const errors = [{ in: "query" as const, pointer: "/from", message: "is no date" }]
    const problem = { type: "about:blank", title: "Bad Request", status: 400, detail: "1 parameter is invalid.", errors }
    answer = { status: 400, headers: { "content-type": "application/problem+json" }, body: problem }
    const error = await failure(unwrap(ask()))
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({
      name: "ProblemError",
      message: "1 parameter is invalid.",
      status: 400,
      problem,
      errors,
      retryAfter: undefined,
    })
  })

  test("say when to come back", async () => {
    answer = { status: 503, headers: { "retry-after": "7" }, body: { type: "about:blank", title: "Service Unavailable", status: 503 } }
    expect(await failure(unwrap(ask()))).toMatchObject({ status: 503, retryAfter: 7 })
  })

  test.each(["<h1>Bad Gateway</h1>", ""])("are made of the status when a proxy answers in its own words (%j)", async (body) => {
    answer = { status: 502, headers: { "content-type": "text/html" }, body }
    expect(await failure(unwrap(ask()))).toMatchObject({
      status: 502,
      message: "Bad Gateway",
      problem: { type: "about:blank", status: 502 },
    })
  })

  test("are not made of a network failure", async () => {
    const nowhere = createAnalyticsClient({ baseUrl: "http://127.0.0.1:1" })
    const error = await failure(unwrap(nowhere.GET("/v1/projects/{projectId}/online", { params: { path } })))
    expect(error).not.toBeInstanceOf(ProblemError)
  })

  test.each([null, undefined, "x", 1, {}, { type: "a", title: "b" }, { type: 1, title: "b", status: 2 }])(
    "are told from other values (%j)",
    (value) => {
      expect(isProblem(value)).toBe(false)
    },
  )
})
