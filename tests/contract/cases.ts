import { OWNER, SETUP_CODE, type TestProject } from "../support/world.ts"

/** What may be asked: everything runs, or one engine is down. */
export type Weather = "fair" | "redis down" | "clickhouse down" | "postgres down"

/** One request. */
export interface Ask {
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
  /** Asked this often at the same time; the first of the wanted status counts. */
  readonly atOnce?: number
  readonly url?: string
}

/** What there is to ask about, and to ask with. */
export interface Given {
  readonly project: TestProject
  /** An ingest that takes one event a second from a network. */
  readonly slowUrl: string
  /** Secret keys of the project with one scope each. */
  readonly eventsKey: string
  readonly statsKey: string
  /** The id of the key behind `statsKey`, which a case revokes. */
  readonly keyToRevoke: string
  /** The token of a session, which a case ends. */
  readonly sessionToEnd: string
  /** The tracker's file with its hash. */
  readonly pinnedScript: string
}

/** The owner's credentials. */
export const owner = { email: OWNER.email, password: OWNER.password }
const second = { setupCode: SETUP_CODE, name: "Second", email: "second@example.com", password: "correct horse battery" }
const pageview = { kind: "pageview", url: "https://example.com/" }
const inDays = (path: string) => `${path}${path.includes("?") ? "&" : "?"}from=2026-11-01&to=2026-11-08`

const days = { from: "2026-11-01", to: "2026-11-08" }
const questions = {
  questions: [
    { kind: "timeseries", ...days, compare: "previous_year", metrics: ["visitors"] },
    {
      kind: "breakdown",
      dimension: "page",
      ...days,
      filter: { or: [{ not: { and: [] } }, { dimension: "os", operator: "is", values: ["iOS"] }] },
    },
    { kind: "online" },
  ],
}

/** Cases that are alike for every operation with a body: too much of it, and of another type. */
const aboutBody = (good: Ask): Record<number, Ask> => ({
  413: { ...good, rawBody: " ".repeat(64 * 1024 + 1) },
  415: { ...good, headers: { "content-type": "application/xml" } },
})

/** For every operation, by its name and where that is not unique the specification's before it, a request for each declared status. */
export const casesOf = ({
  project,
  slowUrl,
  eventsKey,
  statsKey,
  keyToRevoke,
  sessionToEnd,
  pinnedScript,
}: Given): Readonly<Record<string, Readonly<Record<number, Ask>>>> => {
  const of = (rest = "") => `/v1/projects/${project.id}${rest}`

  /** Cases that are alike for every operation about a project: a malformed id, no credential, a key without the scope, somebody else's project, an engine down. */
  const aboutProject = (rest: string, down: Weather, good: Partial<Ask> = {}): Record<number, Ask> => ({
    400: { ...good, path: `/v1/projects/not-a-number${rest}` },
    401: { ...good, path: of(rest), token: null },
    403: { ...good, path: of(rest), token: eventsKey },
    404: { ...good, path: `/v1/projects/1${rest}` },
    503: { ...good, path: of(rest), weather: down },
  })

  /** More questions at once than may wait. */
  const crowd = (rest: string): Record<number, Ask> => ({ 429: { path: of(rest), atOnce: 500 } })

  return {
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
        url: slowUrl,
      },
      503: { path: "/v1/events", body: { events: [pageview] }, token: project.writeKey, weather: "redis down" },
    },
    getScript: { 200: { path: "/script.js" } },
    getPinnedScript: {
      200: { path: `/${pinnedScript}` },
      400: { path: "/script.latest.js" },
      404: { path: "/script.0123456789abcdef.js" },
    },
    getScriptVersion: { 200: { path: "/script.json" } },
    "ingest getLiveness": { 200: { path: "/health/live" } },
    "ingest getReadiness": { 200: { path: "/health/ready" }, 503: { path: "/health/ready", weather: "redis down" } },
    "management getLiveness": { 200: { path: "/health/live" } },
    "management getReadiness": { 200: { path: "/health/ready" }, 503: { path: "/health/ready", weather: "postgres down" } },
    getTimeseries: {
      200: { path: inDays(of("/timeseries?compare=previous_year")) },
      ...aboutProject(inDays("/timeseries"), "clickhouse down"),
      ...crowd(inDays("/timeseries")),
    },
    getBreakdown: {
      200: { path: inDays(of("/breakdown?dimension=page&compare=previous_period")) },
      ...aboutProject(inDays("/breakdown?dimension=page"), "clickhouse down"),
      ...crowd(inDays("/breakdown?dimension=page")),
    },
    askQuestions: {
      ...aboutProject("/questions", "postgres down", { body: questions }),
      200: { path: of("/questions"), body: questions },
      ...aboutBody({ path: of("/questions"), body: questions }),
    },
    getOnline: { 200: { path: of("/online") }, ...aboutProject("/online", "clickhouse down"), ...crowd("/online") },
    getFirstEvent: { 200: { path: of("/first-event") }, ...aboutProject("/first-event", "clickhouse down"), ...crowd("/first-event") },
    getTracking: { 200: { path: of("/tracking") }, ...aboutProject("/tracking", "clickhouse down"), ...crowd("/tracking") },
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
      403: { path: "/v1/sessions", token: null, body: owner, headers: { origin: "https://evil.example" } },
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
    deleteSessions: {
      204: { path: "/v1/sessions" },
      401: { path: "/v1/sessions", token: "nonsense" },
      403: { path: "/v1/sessions", token: project.secretKey },
      503: { path: "/v1/sessions", weather: "postgres down" },
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
    updateProject: {
      200: { path: of(), body: { keptParameters: ["plan", "Tab"] } },
      ...aboutProject("", "postgres down", { body: { keptParameters: [] } }),
      ...aboutBody({ path: of(), body: { keptParameters: [] } }),
    },
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
  }
}
