import { ClickHouseError, createClient, type ClickHouseClient, type ClickHouseSettings } from "@clickhouse/client"
import { Config, Context, Effect, Layer, Option, Redacted, Schema } from "effect"
import { Readable } from "node:stream"
import { optionalSecret } from "./secret.ts"

/** ClickHouse cannot be reached, is too busy, or does not let us; the same statement is worth trying again. */
export class ClickHouseUnavailable extends Schema.TaggedError<ClickHouseUnavailable>()("ClickHouseUnavailable", {
  cause: Schema.Defect(),
}) {}

/** ClickHouse refuses the statement or its data; trying again will not help. */
export class ClickHouseRejected extends Schema.TaggedError<ClickHouseRejected>()("ClickHouseRejected", {
  code: Schema.String,
  message: Schema.String,
}) {}

/** A question: SQL text with `{name:Type}` parameters, and the shape of a row. */
export interface Statement<A, I> {
  readonly sql: string
  readonly params: Readonly<Record<string, unknown>>
  readonly row: Schema.Codec<A, I>
  readonly settings?: ClickHouseSettings
}

/** What ClickHouse says it did for an answer. */
export interface Read {
  readonly rows: number
  readonly bytes: number
  readonly elapsedMs: number
}

/** A block of rows, already encoded, that is inserted whole or not at all, and once per token. */
export interface Block {
  readonly table: string
  readonly columns: ReadonlyArray<string>
  readonly format: "JSONCompactEachRow"
  readonly bytes: Uint8Array
  /** Repeating an insert with the same token changes nothing. */
  readonly token: string
  readonly settings?: ClickHouseSettings
}

type Failure = ClickHouseUnavailable | ClickHouseRejected

/** ClickHouse over HTTP, spoken to by its official client. */
export class ClickHouse extends Context.Service<
  ClickHouse,
  {
    query<A, I>(statement: Statement<A, I>): Effect.Effect<{ readonly rows: ReadonlyArray<A>; readonly read: Read }, Failure>
    insert(block: Block): Effect.Effect<void, Failure>
    /** Runs a statement without an answer (DDL, UPDATE, DELETE). */
    command(sql: string, params?: Readonly<Record<string, unknown>>, settings?: ClickHouseSettings): Effect.Effect<void, Failure>
    /** Succeeds when ClickHouse answers. */
    readonly ping: Effect.Effect<void, ClickHouseUnavailable>
  }
>()("@footfall/platform/ClickHouse") {}

/**
 * Codes that tell of the state of the server or of our standing with it, not of the statement: timeouts, too many queries or parts,
 * memory, disk, network, no keeper; read-only, missing or older tables (migrations may still be running); a quota, a password that was
 * changed, a right that was taken away.
 */
const TRANSIENT = new Set(
  `16 60 81 158 159 160 164 192 193 194 195 201 202 203 209 210 218 236 241 242 243 252 279 319 394 396 425 497 516 999`.split(" "),
)

/** Codes of statements that took too long, or more memory or rows than they may: the same statement will do so again. */
const TOO_HEAVY = new Set(["159", "160", "241", "307", "396"])

/** Whether ClickHouse gave up on a statement for what it costs. */
export const isTooHeavy = ({ cause }: ClickHouseUnavailable): boolean => cause instanceof ClickHouseError && TOO_HEAVY.has(cause.code)

const toFailure = (cause: unknown): Failure =>
  cause instanceof ClickHouseError && !TRANSIENT.has(cause.code)
    ? new ClickHouseRejected({ code: cause.code, message: cause.message })
    : new ClickHouseUnavailable({ cause })

const readOf = (headers: Record<string, string | string[] | undefined>): Read => {
  const summary = JSON.parse(String(headers["x-clickhouse-summary"] ?? "{}")) as Record<string, string>
  return {
    rows: Number(summary["read_rows"] ?? 0),
    bytes: Number(summary["read_bytes"] ?? 0),
    elapsedMs: Number(summary["elapsed_ns"] ?? 0) / 1e6,
  }
}

const make = (client: ClickHouseClient) =>
  ClickHouse.of({
    query: Effect.fn("ClickHouse.query")(function* <A, I>(statement: Statement<A, I>) {
      const answer = yield* Effect.tryPromise({
        try: async (abort_signal) => {
          const result = await client.query({
            query: statement.sql,
            query_params: statement.params,
            format: "JSONEachRow",
            clickhouse_settings: { ...statement.settings, output_format_json_quote_64bit_integers: 1 },
            abort_signal,
          })
          return { rows: await result.json(), headers: result.response_headers }
        },
        catch: toFailure,
      })
      const rows = yield* Effect.orDie(Schema.decodeUnknownEffect(Schema.Array(statement.row))(answer.rows))
      return { rows, read: readOf(answer.headers) }
    }),
    insert: Effect.fn("ClickHouse.insert")(function* (block: Block) {
      yield* Effect.tryPromise({
        try: async (abort_signal) => {
          const { stream } = await client.exec({
            query: `INSERT INTO ${block.table} (${block.columns.join(", ")}) FORMAT ${block.format}`,
            values: Readable.from([block.bytes], { objectMode: false }),
            clickhouse_settings: {
              async_insert: 0,
              insert_deduplicate: 1,
              deduplicate_blocks_in_dependent_materialized_views: 1,
              insert_deduplication_token: block.token,
              ...block.settings,
            },
            abort_signal,
          })
          stream.resume()
          await new Promise((resolve, reject) => stream.once("close", resolve).once("error", reject))
        },
        catch: toFailure,
      })
    }),
    command: Effect.fn("ClickHouse.command")(function* (
      sql: string,
      params: Readonly<Record<string, unknown>> = {},
      settings: ClickHouseSettings = {},
    ) {
      yield* Effect.tryPromise({
        try: (abort_signal) => client.command({ query: sql, abort_signal, query_params: { ...params }, clickhouse_settings: settings }),
        catch: toFailure,
      })
    }),
    ping: Effect.tryPromise({ try: () => client.ping(), catch: (cause) => new ClickHouseUnavailable({ cause }) }).pipe(
      Effect.flatMap((result) => (result.success ? Effect.void : Effect.fail(new ClickHouseUnavailable({ cause: result.error })))),
    ),
  })

/** ClickHouse at `CLICKHOUSE_URL`, database `CLICKHOUSE_DATABASE`, as `CLICKHOUSE_USER` with `CLICKHOUSE_PASSWORD` where set, else as the URL says. */
export const layer: Layer.Layer<ClickHouse, Config.ConfigError> = Layer.effect(
  ClickHouse,
  Effect.gen(function* () {
    const configured = yield* Config.URL("CLICKHOUSE_URL")
    const database = yield* Config.String("CLICKHOUSE_DATABASE").pipe(Config.withDefault("footfall"))
    const { origin: url, pathname } = configured
    const inUrl = { user: decodeURIComponent(configured.username), password: decodeURIComponent(configured.password) }
    const username = yield* Config.String("CLICKHOUSE_USER").pipe(Config.withDefault(inUrl.user || "default"))
    const password = Option.match(yield* optionalSecret("CLICKHOUSE_PASSWORD"), {
      onNone: () => (username === (inUrl.user || "default") ? inUrl.password : ""),
      onSome: Redacted.value,
    })
    const client = yield* Effect.acquireRelease(
      Effect.sync(() =>
        createClient({
          url,
          ...(pathname === "/" ? {} : { pathname }),
          database,
          username,
          password,
          application: "footfall",
          request_timeout: 60_000,
          // Long lists of parameters go into the body: proxies and servers bound the length of an address.
          use_multipart_params_auto: true,
          max_open_connections: 16,
          keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
          log: { level: 127 },
        }),
      ),
      (open) => Effect.promise(() => open.close()),
    )
    return make(client)
  }),
)
