import { testStack, type Stack } from "@footfall/local/stack"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ServiceProcess } from "../support/process.ts"
import { OWNER, SETUP_CODE, World, type TestProject } from "../support/world.ts"
import { declared, type Declared, type SpecName } from "./declared.ts"

/** What may be asked: everything runs, or one engine is down. */
type Weather = "fair" | "redis down" | "clickhouse down" | "postgres down"

interface Ask {
  readonly weather?: Weather
  /** Path as asked, with parameters filled in. */
  readonly path: string
  readonly body?: unknown
  readonly rawBody?: string
  readonly headers?: Readonly<Record<string, string>>
  /** null: no credential. Default: the owner's session. */
  readonly token?: string | null
  /** Asked this often before the one that counts. */
  readonly times?: number
  readonly url?: string
}

let stack: Stack
let world: World
let project: TestProject
let slow: ServiceProcess
let eventsKey: string
let statsKey: string
let keyToRevoke: string
let sessionToEnd: string
/** What a fresh instance answered, by status: to a wrong set-up code, then to the right one. */
let setUp: ReadonlyMap<number, Response>

const pageview = { kind: "pageview", url: "https://example.com/" }
const inDays = (path: string) => `${path}${path.includes("?") ? "&" : "?"}from=2026-11-01&to=2026-11-08`
const owner = { email: OWNER.email, password: OWNER.password }
const second = { setupCode: SETUP_CODE, name: "Second", email: "second@example.com", password: "correct horse battery" }
const of = (rest = "") => `/v1/projects/${project.id}${rest}`

/** Cases that are alike for every operation about a project: a malformed id, no credential, a key without the scope, somebody else's project, an engine down. */
const aboutProject = (rest: string, down: Weather, good: Partial<Ask> = {}): Record<number, Ask> => ({
  400: { ...good, path: `/v1/projects/not-a-number${rest}` },
  401: { ...good, path: of(rest), token: null },
  403: { ...good, path: of(rest), token: eventsKey },
  404: { ...good, path: `/v1/projects/1${rest}` },
  503: { ...good, path: of(rest), weather: down },
})

/** Cases that are alike for every operation with a body: too much of it, and of another type. */
const aboutBody = (good: Ask): Record<number, Ask> => ({
  413: { ...good, rawBody: " ".repeat(64 * 1024 + 1) },
  415: { ...good, headers: { "content-type": "application/xml" } },
})

const cases = (): Record<string, Record<number, Ask>> => ({
  createEvents: {
    202: { path: "/v1/events", body: { events: [pageview] }, token: project.writeKey },
    400: { path: "/v1/events", rawBody: '{"events": [', token: project.writeKey },
    403: { path: "/v1/events", body: { events: [pageview] }, token: statsKey },
    401: { path: "/v1/events", body: { events: [pageview] }, token: "ffw_0000000000000000000000" },
    413: { path: "/v1/events", rawBody: " ".repeat(1024 * 1024 + 1), token: project.writeKey },
    415: { path: "/v1/events", body: { events: [pageview] }, headers: { "content-type": "application/xml" }, token: project.writeKey },
    429: {
      path: "/v1/events",
      body: { events: Array.from({ length: 10 }, () => pageview) },
      token: project.writeKey,
      times: 2,
      url: slow.url,
    },
    503: { path: "/v1/events", body: { events: [pageview] }, token: project.writeKey, weather: "redis down" },
  },
  getScript: { 200: { path: "/script.js" } },
  "ingest getLiveness": { 200: { path: "/health/live" } },
  "ingest getReadiness": { 200: { path: "/health/ready" }, 503: { path: "/health/ready", weather: "redis down" } },
  "management getLiveness": { 200: { path: "/health/live" } },
  "management getReadiness": { 200: { path: "/health/ready" }, 503: { path: "/health/ready", weather: "postgres down" } },
  getTimeseries: {
    200: { path: inDays(of("/timeseries?compare=previous_year")) },
    ...aboutProject(inDays("/timeseries"), "clickhouse down"),
  },
  getBreakdown: {
    200: { path: inDays(of("/breakdown?dimension=page&compare=previous_period")) },
    ...aboutProject(inDays("/breakdown?dimension=page"), "clickhouse down"),
  },
  getOnline: { 200: { path: of("/online") }, ...aboutProject("/online", "clickhouse down") },
  getFirstEvent: { 200: { path: of("/first-event") }, ...aboutProject("/first-event", "clickhouse down") },
  getSetup: { 200: { path: "/v1/setup", token: null }, 503: { path: "/v1/setup", token: null, weather: "postgres down" } },
  createOwner: {
    400: { path: "/v1/setup", token: null, body: { name: "x", email: "no", password: "short" } },
    409: { path: "/v1/setup", token: null, body: second },
    ...aboutBody({ path: "/v1/setup", token: null, body: second }),
    503: {
      path: "/v1/setup",
      token: null,
      body: second,
      weather: "postgres down",
    },
  },
  createSession: {
    201: { path: "/v1/sessions", token: null, body: owner },
    400: { path: "/v1/sessions", token: null, body: { email: "owner@example.com" } },
    401: { path: "/v1/sessions", token: null, body: { ...owner, password: "wrong" } },
    ...aboutBody({ path: "/v1/sessions", token: null, body: owner }),
    429: { path: "/v1/sessions", token: null, body: { email: "nobody@example.com", password: "wrong" }, times: 8 },
    503: { path: "/v1/sessions", token: null, body: owner, weather: "postgres down" },
  },
  getSession: {
    200: { path: "/v1/sessions/current" },
    401: { path: "/v1/sessions/current", token: "nonsense" },
    403: { path: "/v1/sessions/current", token: project.secretKey },
    503: { path: "/v1/sessions/current", weather: "postgres down" },
  },
  deleteSession: {
    204: { path: "/v1/sessions/current", token: sessionToEnd },
    401: { path: "/v1/sessions/current", token: "nonsense" },
    403: { path: "/v1/sessions/current", token: project.secretKey },
    503: { path: "/v1/sessions/current", weather: "postgres down" },
  },
  listProjects: {
    200: { path: "/v1/projects" },
    401: { path: "/v1/projects", token: null },
    403: { path: "/v1/projects", token: eventsKey },
    503: { path: "/v1/projects", weather: "postgres down" },
  },
  createProject: {
    201: { path: "/v1/projects", body: { name: 'It\'s a "shop" 🛒', timeZone: "Asia/Kolkata" } },
    400: { path: "/v1/projects", body: { name: "x", timeZone: "Mars/Olympus" } },
    401: { path: "/v1/projects", body: { name: "x", timeZone: "UTC" }, token: null },
    403: { path: "/v1/projects", body: { name: "x", timeZone: "UTC" }, token: project.secretKey },
    ...aboutBody({ path: "/v1/projects", body: { name: "x", timeZone: "UTC" } }),
    503: { path: "/v1/projects", body: { name: "x", timeZone: "UTC" }, weather: "postgres down" },
  },
  getProject: { 200: { path: of() }, ...aboutProject("", "postgres down") },
  listSecretKeys: { 200: { path: of("/secret-keys") }, ...aboutProject("/secret-keys", "postgres down") },
  createSecretKey: {
    201: { path: of("/secret-keys"), body: { name: "k", scopes: ["stats:read"] } },
    ...aboutProject("/secret-keys", "postgres down", { body: { name: "k", scopes: ["stats:read"] } }),
    ...aboutBody({ path: of("/secret-keys"), body: { name: "k", scopes: ["stats:read"] } }),
  },
  deleteSecretKey: {
    204: { path: of(`/secret-keys/${keyToRevoke}`) },
    ...aboutProject(`/secret-keys/${keyToRevoke}`, "postgres down"),
  },
  getDocs: { 200: { path: "/docs", token: null } },
  getDocsScript: { 200: { path: "/docs/assets/reference.js", token: null } },
  getOpenApiDocument: {
    200: { path: "/docs/openapi/analytics.json", token: null },
    400: { path: "/docs/openapi/nothing.json", token: null },
  },
})

const baseOf = (spec: SpecName) => (spec === "ingest" ? world.ingest.url : world.query.url)

/** Every status that was ever answered here, by operation. */
const answered = new Map<string, Set<number>>()

const nameOf = ({ spec, operationId }: Declared) => `${spec} ${operationId}`

const ask = async (answer: Declared, request: Ask): Promise<Response> => {
  const token = request.token === undefined ? world.token : request.token
  const body = request.rawBody ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
  const send = async () => {
    const response = await fetch(`${request.url ?? baseOf(answer.spec)}${request.path}`, {
      method: answer.method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...request.headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    answered.set(nameOf(answer), (answered.get(nameOf(answer)) ?? new Set()).add(response.status))
    return response
  }
  for (let i = 1; i < (request.times ?? 1); i++) await (await send()).arrayBuffer()
  return send()
}

const check = async (answer: Declared, response: Response) => {
  const text = await response.text()
  const what = `${answer.operationId} ${answer.status}`
  expect({ what, status: response.status, body: text.slice(0, 500) }).toMatchObject({ what, status: answer.status })
  for (const header of answer.requiredHeaders) expect(response.headers.get(header), header).not.toBeNull()
  if (answer.contentTypes.length > 0) expect(answer.contentTypes).toContain(response.headers.get("content-type")?.split(";")[0])
  if (answer.validate !== undefined) {
    answer.validate(JSON.parse(text))
    expect({ what, errors: answer.validate.errors ?? [] }).toEqual({ what, errors: [] })
  }
}

const casesOf = (answer: Declared) => {
  const table = cases()
  return table[nameOf(answer)] ?? table[answer.operationId] ?? {}
}

const caseOf = (answer: Declared) => casesOf(answer)[answer.status]

/**
 * What else an operation may be asked, good or bad, without a guess at the answer: the credentials, parameters and bodies of
 * others. While an engine is down only what changes nothing is asked.
 */
const variations = (answer: Declared, weather: Weather): ReadonlyArray<Ask> => {
  const [good] = Object.values(casesOf(answer)).filter(({ weather = "fair" }) => weather === "fair")
  if (good === undefined) return []
  const odd = `${good.path}${good.path.includes("?") ? "&" : "?"}colour=red&from=1&from=2`
  const harmless = answer.method === "GET" ? [good, { ...good, path: odd }] : []
  if (weather !== "fair") return harmless
  const tokens = [null, "nonsense", project.writeKey, eventsKey, statsKey, project.secretKey]
  const strangers = answer.method === "DELETE" ? tokens.slice(0, 3) : tokens
  const bodies: ReadonlyArray<Partial<Ask>> = [
    { rawBody: "" },
    { rawBody: "{" },
    { rawBody: "null" },
    { rawBody: " ".repeat(2 * 1024 * 1024) },
    { headers: { "content-type": "text/plain" } },
    { headers: { "content-type": "application/json; charset=utf-16" } },
    { headers: { "content-encoding": "gzip" } },
    { headers: { "content-encoding": "br" } },
  ]
  return [
    ...harmless,
    ...strangers.map((token) => ({ ...good, token })),
    ...(answer.method === "POST" ? bodies.map((body) => ({ ...good, ...body })) : []),
  ]
}

describe("every declared answer of every operation can be had, and has the declared shape", () => {
  beforeAll(async () => {
    stack = await testStack(true)
    world = await World.start({ engines: stack, owner: false })
    const createOwner = (setupCode: string) =>
      fetch(`${world.query.url}/v1/setup`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...OWNER, setupCode }),
      })
    setUp = new Map([
      [403, await createOwner("a guess")],
      [201, await createOwner(SETUP_CODE)],
    ])
    world.token = ((await setUp.get(201)!.clone().json()) as { token: string }).token
    project = await world.project()
    slow = await ServiceProcess.start("ingest", { ...world.env, RATE_LIMIT: "1" })
    const create = async (name: string, scopes: Array<"events:write" | "stats:read">) =>
      (
        await world.management.POST("/v1/projects/{projectId}/secret-keys", {
          params: { path: { projectId: project.id } },
          body: { name, scopes },
        })
      ).data!
    eventsKey = (await create("events", ["events:write"])).secret
    const revocable = await create("statistics", ["stats:read"])
    statsKey = revocable.secret
    keyToRevoke = revocable.secretKey.id
    sessionToEnd = (await world.management.POST("/v1/sessions", { body: owner })).data!.token
  }, 90_000)

  afterAll(async () => {
    await slow?.stop()
    await world?.stop()
    await stack?.stop()
  })

  // An instance is fresh once in its life, so these answers are those that the set-up of this test had.
  const ofFresh = ({ operationId, status }: Declared) => operationId === "createOwner" && (status === 201 || status === 403)
  const everything = declared()
  const answers = everything.filter((answer) => !ofFresh(answer))

  it("createOwner 201 and 403", async () => {
    const fresh = everything.filter(ofFresh)
    expect(fresh.map(({ status }) => status).sort()).toEqual([201, 403])
    for (const answer of fresh) await check(answer, setUp.get(answer.status)!)
  })

  it("has a case for each of them", () => {
    expect(
      answers.filter((answer) => caseOf(answer) === undefined).map((answer) => `${answer.spec} ${answer.operationId} ${answer.status}`),
    ).toEqual([])
  })

  for (const weather of ["fair", "redis down", "clickhouse down", "postgres down"] as const)
    describe(weather, () => {
      const engine = weather === "fair" ? undefined : (weather.split(" ")[0] as "redis" | "clickhouse" | "postgres")
      beforeAll(async () => {
        if (engine !== undefined) await stack.kill(engine)
      }, 30_000)
      afterAll(async () => {
        if (engine !== undefined) {
          await stack.start(engine)
          await Promise.all([world.ingest.ready(), world.query.ready()])
        }
      }, 60_000)

      it("answers as declared", { timeout: 120_000 }, async () => {
        const here = answers.filter((answer) => (caseOf(answer)?.weather ?? "fair") === weather)
        expect(here.length).toBeGreaterThan(0)
        for (const answer of here) await check(answer, await ask(answer, caseOf(answer)!))
      })

      it("answers whatever else it is asked with a status that is declared", { timeout: 120_000 }, async () => {
        const operations = new Map(answers.map((answer) => [nameOf(answer), answer]))
        for (const answer of operations.values())
          for (const request of variations(answer, weather)) await (await ask(answer, request)).arrayBuffer()
        const known = new Set(everything.map((answer) => `${nameOf(answer)} ${answer.status}`))
        const found = [...answered].flatMap(([name, statuses]) => [...statuses].map((status) => `${name} ${status}`))
        expect(found.filter((answer) => !known.has(answer))).toEqual([])
        expect(answered.size).toBe(operations.size)
      })
    })
})
