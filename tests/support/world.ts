import { createClient, type ClickHouseClient } from "@clickhouse/client"
import { createAnalyticsClient, createManagementClient } from "@footfall/sdk/api"
import { readerEnvironment } from "@footfall/local/clickhouse"
import { ingestDatabaseUrlOf } from "@footfall/local/postgres"
import { Redis } from "ioredis"
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { corner, sharedEngines, type Engines } from "./engines.ts"
import { eventually } from "./eventually.ts"
import { servicePort } from "./port.ts"
import { ServiceProcess, type StartOptions } from "./process.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** What a test may ask of a world. */
export interface WorldOptions {
  /** Engines of the test's own, when it is going to kill them. */
  readonly engines?: Engines
  /** How many enrichment workers; 1 unless set. */
  readonly workers?: number
  readonly env?: Readonly<Record<string, string>>
  /** Whether the owner is created and signed in; true unless set. */
  readonly owner?: boolean
}

/** A project with its keys. */
export interface TestProject {
  readonly id: string
  readonly writeKey: string
  readonly secretKey: string
}

/** The account that every world has. */
export const OWNER = { name: "Owner", email: "owner@example.com", password: "correct horse battery" }

/** The code with which every world is set up. */
export const SETUP_CODE = "ABCDE-FGHIJ-KLMNO"

const createOwner = async (query: ServiceProcess): Promise<string> => {
  const owner = await createManagementClient({ baseUrl: query.url }).POST("/v1/setup", { body: { ...OWNER, setupCode: SETUP_CODE } })
  if (owner.data === undefined) throw new Error(`set-up failed: ${JSON.stringify(owner.error)}\n${query.log}`)
  return owner.data.token
}

/**
 * The whole product on its own corner of the engines: ingest, workers and query as processes, the owner signed in.
 * `stop` ends everything and drops the corner.
 */
export class World {
  readonly env: Readonly<Record<string, string>>
  readonly ingest: ServiceProcess
  readonly query: ServiceProcess
  workers: Array<ServiceProcess>
  /** The owner's session. */
  token: string
  readonly clickhouse: ClickHouseClient
  private readonly redis: Redis
  private readonly drop: () => Promise<void>

  private constructor(parts: Pick<World, "env" | "ingest" | "query" | "workers" | "token" | "clickhouse"> & { drop: () => Promise<void> }) {
    this.env = parts.env
    this.ingest = parts.ingest
    this.query = parts.query
    this.workers = parts.workers
    this.token = parts.token
    this.clickhouse = parts.clickhouse
    this.redis = new Redis(parts.env["REDIS_URL"] ?? "", { maxRetriesPerRequest: 1 })
    // Tests kill Redis; a client that asks it meanwhile learns it from its command.
    this.redis.on("error", () => undefined)
    this.drop = parts.drop
  }

  /** Starts everything, or nothing: what stands is ended again when something else does not start. */
  static async start(options: WorldOptions = {}): Promise<World> {
    await using undo = new AsyncDisposableStack()
    const place = undo.adopt(await corner(options.engines ?? (await sharedEngines())), ({ drop }) => drop())
    const ports = { ingest: String(await servicePort()), query: String(await servicePort()) }
    const env = {
      ...place.env,
      INGEST_URL: `http://127.0.0.1:${ports.ingest}`,
      QUERY_URL: `http://127.0.0.1:${ports.query}`,
      WEB_URL: "http://127.0.0.1:3000",
      RATE_LIMIT: "0",
      SETUP_CODE,
      ...options.env,
    }
    await promisify(execFile)(process.execPath, ["services/migrate/src/main.ts"], { cwd: root, env: { ...process.env, ...env } })
    const start = async (name: string, more: Readonly<Record<string, string>> = {}) =>
      undo.adopt(await ServiceProcess.start(name, { ...env, ...more }), async (service) => void (await service.stop()))
    const starting = [
      start("ingest", { PORT: ports.ingest, DATABASE_URL: ingestDatabaseUrlOf(place.env["DATABASE_URL"] ?? "") }),
      start("query", { PORT: ports.query, ...readerEnvironment(place.env["CLICKHOUSE_URL"] ?? "") }),
      ...Array.from({ length: options.workers ?? 1 }, () => start("enrichment-worker")),
    ] as const
    // One that starts after another has failed has to be known too.
    await Promise.allSettled(starting)
    const [ingest, query, ...workers] = await Promise.all(starting)
    const token = options.owner === false ? "" : await createOwner(query)
    const clickhouse = createClient({ url: place.env["CLICKHOUSE_URL"] ?? "", database: place.clickhouseDatabase })
    // From here on `stop` ends it all.
    undo.move()
    return new World({ env, ingest, query, workers, token, clickhouse, drop: place.drop })
  }

  get management() {
    return createManagementClient({ baseUrl: this.query.url, token: this.token })
  }

  get analytics() {
    return createAnalyticsClient({ baseUrl: this.query.url, token: this.token })
  }

  /** Creates a project and a secret key that may do everything. */
  async project(timeZone = "UTC"): Promise<TestProject> {
    const created = await this.management.POST("/v1/projects", { body: { name: "Test", timeZone } })
    if (created.data === undefined) throw new Error(JSON.stringify(created.error))
    const key = await this.management.POST("/v1/projects/{projectId}/secret-keys", {
      params: { path: { projectId: created.data.id } },
      body: { name: "test", scopes: ["events:write", "stats:read", "projects:read"] },
    })
    if (key.data === undefined) throw new Error(JSON.stringify(key.error))
    return { id: created.data.id, writeKey: created.data.writeKey, secretKey: key.data.secret }
  }

  /** Posts a batch as a server would. */
  send(events: ReadonlyArray<unknown>, key: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.ingest.url}/v1/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events }),
    })
  }

  /** Rows straight from ClickHouse. */
  async rows<A>(query: string, params: Record<string, unknown> = {}): Promise<Array<A>> {
    const result = await this.clickhouse.query({ query, query_params: params, format: "JSONEachRow" })
    return result.json<A>()
  }

  /** How many events of a project ClickHouse holds. */
  async countEvents(projectId: string): Promise<number> {
    const [row] = await this.rows<{ n: string }>("SELECT count() n FROM events WHERE project_id = {project:UInt64}", { project: projectId })
    return Number(row?.n ?? 0)
  }

  /**
   * Waits until every accepted event is processed: an entry leaves the log when its batch is committed, after all its rows are
   * inserted. What is counted afterwards is final, so nothing has to be asked for twice.
   */
  async settled(ms = 60_000): Promise<void> {
    await eventually(async () => {
      const left = await Promise.all((await this.redis.keys(`${this.env["REDIS_PREFIX"]}events:*`)).map((key) => this.redis.xlen(key)))
      const entries = left.reduce((sum, length) => sum + length, 0)
      if (entries > 0) throw new Error(`${entries} entries are still in the log`)
    }, ms)
  }

  /** Starts one more worker. One that is made to die may do so before it is ready, so its test does not wait for that. */
  async addWorker(env: Readonly<Record<string, string>> = {}, options: StartOptions = {}): Promise<ServiceProcess> {
    const worker = await ServiceProcess.start("enrichment-worker", { ...this.env, ...env }, options)
    this.workers.push(worker)
    return worker
  }

  async stop(): Promise<void> {
    await Promise.all([this.ingest.stop(), this.query.stop(), ...this.workers.map((worker) => worker.stop())])
    this.redis.disconnect()
    await this.clickhouse.close()
    await this.drop()
  }
}
