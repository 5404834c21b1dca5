import { NodeRuntime } from "@effect/platform-node"
import { ApiKeys } from "@footfall/control-plane/ApiKeys"
import { Scope } from "@footfall/contracts/generated/shared"
import { Members } from "@footfall/control-plane/Members"
import { Projects } from "@footfall/control-plane/Projects"
import * as Postgres from "@footfall/platform/Postgres"
import { Console, Effect, Layer, Schema } from "effect"
import { zoneName } from "@footfall/analytics/TimeZone"

const NewProject = Schema.fromJsonString(
  Schema.Struct({
    name: Schema.String,
    domain: Schema.NullOr(Schema.String),
    timeZone: Schema.String,
    key: Schema.Struct({ name: Schema.String, scopes: Schema.Array(Scope) }),
  }),
)

/**
 * Makes a project of this instance with a secret key, and prints both as one line of JSON. For the operator, who has `DATABASE_URL`
 * and so needs no account. The one argument is JSON with `name`, `domain`, `timeZone`, and `name` and `scopes` of the `key`.
 */
const program = Effect.gen(function* () {
  const { key, name, domain, timeZone } = yield* Schema.decodeUnknownEffect(NewProject)(process.argv[2])
  const members = yield* Members
  const asked = { name, domain, timeZone: zoneName(timeZone) ?? "UTC", keptParameters: [] }
  const project = yield* (yield* Projects).create(yield* members.organization, asked)
  const { secret } = yield* (yield* ApiKeys).createSecretKey(project.id, key)
  yield* Console.log(JSON.stringify({ id: project.id, writeKey: project.writeKey, secretKey: secret }))
})

const stores = Layer.mergeAll(Projects.layer, ApiKeys.layer, Members.layer).pipe(Layer.provide(Postgres.layer))

program.pipe(Effect.provide(stores), NodeRuntime.runMain)
