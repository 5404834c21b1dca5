import { testStack, type Stack } from "@footfall/local/stack"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ServiceProcess } from "../support/process.ts"
import { OWNER, SETUP_CODE, World } from "../support/world.ts"
import { type Ask, casesOf, type Given, owner, type Weather } from "./cases.ts"
import { declared, type Declared, type SpecName } from "./declared.ts"

let stack: Stack
let world: World
let slow: ServiceProcess
let given: Given
let cases: ReturnType<typeof casesOf>
/** What a fresh instance answered, by status: to a wrong set-up code, to one too many, then to the right one. */
let setUp: ReadonlyMap<number, Response>

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
  if (request.atOnce === undefined) return send()
  const all = await Promise.all(Array.from({ length: request.atOnce }, send))
  const found = all.find(({ status }) => status === answer.status) ?? all[0]!
  await Promise.all(all.map((each) => (each === found ? undefined : each.arrayBuffer())))
  return found
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

const casesFor = (answer: Declared) => cases[nameOf(answer)] ?? cases[answer.operationId] ?? {}

const caseOf = (answer: Declared) => casesFor(answer)[answer.status]

/**
 * What else an operation may be asked, good or bad, without a guess at the answer: the credentials, parameters and bodies of
 * others. While an engine is down only what changes nothing is asked.
 */
const variations = (answer: Declared, weather: Weather): ReadonlyArray<Ask> => {
  const [good] = Object.values(casesFor(answer)).filter(({ weather = "fair" }) => weather === "fair")
  if (good === undefined) return []
  const odd = `${good.path}${good.path.includes("?") ? "&" : "?"}colour=red&from=1&from=2`
  const harmless = answer.method === "GET" ? [good, { ...good, path: odd }] : []
  if (weather !== "fair") return harmless
  const tokens = [null, "nonsense", given.project.writeKey, given.eventsKey, given.statsKey, given.project.secretKey]
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
    world = await World.start({ engines: stack, owner: false, env: { TRUSTED_PROXIES: "127.0.0.1" } })
    const createOwner = (setupCode: string, from = "127.0.0.1") =>
      fetch(`${world.query.url}/v1/setup`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-forwarded-for": from },
        body: JSON.stringify({ ...OWNER, setupCode }),
      })
    setUp = new Map([
      [403, await createOwner("a guess", "203.0.113.9")],
      [
        429,
        (await Promise.all(Array.from({ length: 25 }, () => createOwner("a guess", "203.0.113.9")))).find(({ status }) => status === 429)!,
      ],
      [201, await createOwner(SETUP_CODE)],
    ])
    world.token = ((await setUp.get(201)!.clone().json()) as { token: string }).token
    const project = await world.project()
    slow = await ServiceProcess.start("ingest", { ...world.env, RATE_LIMIT: "1" })
    const create = async (name: string, scopes: Array<"events:write" | "stats:read">) =>
      (
        await world.management.POST("/v1/projects/{projectId}/secret-keys", {
          params: { path: { projectId: project.id } },
          body: { name, scopes },
        })
      ).data!
    const revocable = await create("statistics", ["stats:read"])
    given = {
      project,
      slowUrl: slow.url,
      eventsKey: (await create("events", ["events:write"])).secret,
      statsKey: revocable.secret,
      keyToRevoke: revocable.secretKey.id,
      pinnedScript: ((await (await fetch(`${world.ingest.url}/script.json`)).json()) as { readonly file: string }).file,
      sessionToEnd: (await world.management.POST("/v1/sessions", { body: owner })).data!.token,
    }
    cases = casesOf(given)
  }, 90_000)

  afterAll(async () => {
    await slow?.stop()
    await world?.stop()
    await stack?.stop()
  })

  // An instance is fresh once in its life, so these answers are those that the set-up of this test had.
  const ofFresh = ({ operationId, status }: Declared) => operationId === "createOwner" && [201, 403, 429].includes(status)
  const everything = declared()
  const answers = everything.filter((answer) => !ofFresh(answer))

  it("createOwner 201, 403 and 429", async () => {
    const fresh = everything.filter(ofFresh)
    expect(fresh.map(({ status }) => status).sort()).toEqual([201, 403, 429])
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
        // It ends all sessions, ours and the one that another case ends; so it comes last, and we sign in again.
        const endsAll = ({ operationId, status }: Declared) => operationId === "deleteSessions" && status === 204
        for (const answer of here.toSorted((a, b) => Number(endsAll(a)) - Number(endsAll(b)))) {
          await check(answer, await ask(answer, caseOf(answer)!))
          if (endsAll(answer)) world.token = (await world.management.POST("/v1/sessions", { body: owner })).data!.token
        }
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
