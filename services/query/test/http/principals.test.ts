import type { Role } from "@footfall/contracts/generated/shared"
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { signedIn } from "../support/people.ts"
import { Running } from "../support/server.ts"

interface Operation {
  readonly operationId: string
  readonly method: string
  readonly path: string
}

const operations: ReadonlyArray<Operation> = ["analytics", "management"].flatMap((name) => {
  const file = new URL(import.meta.resolve(`@footfall/contracts/generated/openapi/${name}.json`))
  const { paths } = JSON.parse(readFileSync(file, "utf8")) as { paths: Record<string, Record<string, { operationId: string }>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({ operationId, method: method.toUpperCase(), path })),
  )
})

/** People by their role in the organization of the project, or in another one. */
const PEOPLE = {
  "owner elsewhere": ["owner", "elsewhere"],
  viewer: ["viewer", "here"],
  editor: ["editor", "here"],
  admin: ["admin", "here"],
  owner: ["owner", "here"],
} as const satisfies Record<string, readonly [Role, "here" | "elsewhere"]>
const isPerson = (principal: string): principal is keyof typeof PEOPLE => Object.hasOwn(PEOPLE, principal)
const PRINCIPALS = [
  ...(["nobody", "write key", "stats:read", "projects:read", "events:write", "key of another project"] as const),
  ...(["owner elsewhere", "viewer", "editor", "admin", "owner"] as const),
]
const range = "from=2026-11-01&to=2026-11-02"
const everybody = (status: number) => PRINCIPALS.map(() => status)

/** Every operation with the statuses for each of PRINCIPALS in their order, its query and its body. A new operation needs a row. */
const MATRIX: Record<
  string,
  { readonly expected: ReadonlyArray<number>; readonly query?: string; readonly body?: unknown; readonly mutates?: true }
> = {
  getTimeseries: { expected: [401, 401, 200, 403, 403, 404, 404, 200, 200, 200, 200], query: range },
  getBreakdown: { expected: [401, 401, 200, 403, 403, 404, 404, 200, 200, 200, 200], query: `${range}&dimension=page` },
  askQuestions: {
    expected: [401, 401, 200, 403, 403, 404, 404, 200, 200, 200, 200],
    body: { questions: [{ kind: "online" }, { kind: "breakdown", dimension: "page", from: "2026-11-01", to: "2026-11-08" }] },
  },
  getOnline: { expected: [401, 401, 200, 403, 403, 404, 404, 200, 200, 200, 200] },
  getFirstEvent: { expected: [401, 401, 200, 403, 403, 404, 404, 200, 200, 200, 200] },
  getTracking: { expected: [401, 401, 200, 403, 403, 404, 404, 200, 200, 200, 200] },
  getSetup: { expected: everybody(200) },
  createOwner: {
    expected: everybody(409),
    body: { setupCode: "any", name: "Eve", email: "eve@example.com", password: "long enough for all" },
  },
  createSession: { expected: everybody(401), body: { email: "nobody@example.com", password: "wrong" } },
  getSession: { expected: [401, 401, 403, 403, 403, 403, 200, 200, 200, 200, 200] },
  deleteSessions: { expected: [401, 401, 403, 403, 403, 403, 204, 204, 204, 204, 204] },
  deleteSession: { expected: [401, 401, 403, 403, 403, 403, 204, 204, 204, 204, 204] },
  listProjects: { expected: [401, 401, 403, 200, 403, 200, 200, 200, 200, 200, 200] },
  createProject: { expected: [401, 401, 403, 403, 403, 403, 201, 403, 403, 201, 201], body: { name: "p", timeZone: "UTC" } },
  getProject: { expected: [401, 401, 403, 200, 403, 404, 404, 200, 200, 200, 200] },
  updateProject: { expected: [401, 401, 403, 403, 403, 403, 404, 403, 403, 200, 200], body: { keptParameters: ["plan"] } },
  listSecretKeys: { expected: [401, 401, 403, 403, 403, 403, 404, 403, 403, 200, 200] },
  createSecretKey: { expected: [401, 401, 403, 403, 403, 403, 404, 403, 403, 201, 201], body: { name: "k", scopes: ["stats:read"] } },
  deleteSecretKey: { expected: [401, 401, 403, 403, 403, 403, 404, 403, 403, 404, 404] },
  getDocs: { expected: everybody(200) },
  getDocsScript: { expected: everybody(200) },
  getOpenApiDocument: { expected: everybody(200) },
  getLiveness: { expected: everybody(200) },
  getReadiness: { expected: everybody(200) },
}

layer(Running.layer, { excludeTestServices: true })("each principal", (it) => {
  it.effect("is told nothing before it is known: a wrong request without a credential is 401", () =>
    Effect.gen(function* () {
      const { ask } = yield* Running
      for (const path of [
        "/v1/projects/x",
        "/v1/projects/x/online",
        "/v1/projects/1/timeseries",
        "/v1/projects/1/breakdown?dimension=nonsense",
      ])
        assert.strictEqual((yield* ask("GET", path)).status, 401, path)
    }),
  )

  it.effect("with a key sees its own project in the list and no other", () =>
    Effect.gen(function* () {
      const { ask, project, secretKey } = yield* Running
      const { id } = yield* project("only this")
      const token = yield* secretKey(id, ["projects:read"])
      const { body } = yield* ask("GET", "/v1/projects", { token })
      assert.deepStrictEqual(
        body.projects.map((found: { id: string }) => found.id),
        [id],
      )
    }),
  )

  it.effect("may do with every operation exactly what the matrix says", () =>
    Effect.gen(function* () {
      const { ask, env, owner, project, secretKey } = yield* Running
      const mine = yield* project("mine")
      const other = yield* project("other")
      const all = ["stats:read", "projects:read", "events:write"]
      const tokens: Record<(typeof PRINCIPALS)[number], string | undefined> = {
        nobody: undefined,
        "write key": mine.writeKey,
        "stats:read": yield* secretKey(mine.id, ["stats:read"]),
        "projects:read": yield* secretKey(mine.id, ["projects:read"]),
        "events:write": yield* secretKey(mine.id, ["events:write"]),
        "key of another project": yield* secretKey(other.id, all),
        "owner elsewhere": yield* signedIn(env, ...PEOPLE["owner elsewhere"]),
        viewer: yield* signedIn(env, ...PEOPLE.viewer),
        editor: yield* signedIn(env, ...PEOPLE.editor),
        admin: yield* signedIn(env, ...PEOPLE.admin),
        owner,
      }
      assert.deepStrictEqual(operations.map(({ operationId }) => operationId).sort(), Object.keys(MATRIX).sort())
      // Signing out everywhere comes last; who signs out before is another person of that kind.
      const ordered = operations.toSorted((a, b) => Number(a.operationId === "deleteSessions") - Number(b.operationId === "deleteSessions"))
      for (const { method, operationId, path } of ordered) {
        const row = MATRIX[operationId]
        const address = path
          .replace("{projectId}", mine.id)
          .replace("{secretKeyId}", "00000000-0000-4000-8000-000000000000")
          .replace("{document}", "analytics.json")
        for (const [index, principal] of PRINCIPALS.entries()) {
          const person = operationId === "deleteSession" && isPerson(principal) ? PEOPLE[principal] : undefined
          const token = person === undefined ? tokens[principal] : yield* signedIn(env, person[0], person[1])
          const headers = { "x-forwarded-for": `198.51.100.${index}`, "accept-encoding": "gzip" }
          const body = operationId === "createSession" ? { email: `nobody${index}@example.com`, password: "wrong" } : row?.body
          const answer = yield* ask(method, `${address}${row?.query === undefined ? "" : `?${row.query}`}`, {
            headers,
            ...(token === undefined ? {} : { token }),
            ...(body === undefined ? {} : { body }),
          })
          assert.strictEqual(answer.status, row?.expected[index], `${operationId} by ${principal}: ${answer.text.slice(0, 200)}`)
          if (answer.status >= 400) assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
        }
      }
    }),
  )
})
