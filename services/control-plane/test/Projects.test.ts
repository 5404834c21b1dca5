import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { ApiKeys } from "../src/ApiKeys.ts"
import { ProjectId } from "../src/ids.ts"
import { Projects } from "../src/Projects.ts"
import { migrated } from "./support/database.ts"

const services = Layer.mergeAll(Projects.layer, ApiKeys.layer).pipe(Layer.provideMerge(migrated))

const organization = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql<{ readonly id: string }>`SELECT id::text AS id FROM organizations LIMIT 1`
  return row?.id ?? ""
})

const NAMES = ["b'; DROP TABLE projects; --", 'a "quoted" \\ name', "Ärger 👩‍👩‍👧 \u202e", "日本語", "A"]

layer(services)("projects", (it) => {
  it.effect("keep any name, come back by name, and each has a write key that finds it", () =>
    Effect.gen(function* () {
      const projects = yield* Projects
      const keys = yield* ApiKeys
      const id = yield* organization
      for (const name of NAMES) {
        const created = yield* projects.create(id, { name, domain: null, timeZone: "Asia/Kolkata", keptParameters: [] })
        assert.strictEqual(created.name, name)
        assert.match(created.writeKey, /^ffw_[0-9A-Za-z]{22}$/)
        assert.deepStrictEqual(yield* projects.get(created.id), created)
        assert.deepStrictEqual(yield* keys.resolve(created.writeKey), { kind: "write", projectId: created.id, scopes: [] })
      }
      const listed = yield* projects.list(id)
      assert.deepStrictEqual(new Set(listed.map(({ name }) => name)), new Set(NAMES))
      assert.deepStrictEqual(
        listed.slice(0, 2).map(({ name }) => name),
        ["A", 'a "quoted" \\ name'],
      )
      assert.isAbove(listed[0]?.createdAt ?? 0, Date.now() - 60_000)
    }),
  )

  it.effect("say which parameters of addresses they keep, each once in small letters, and their keys know", () =>
    Effect.gen(function* () {
      const [projects, keys] = [yield* Projects, yield* ApiKeys]
      const asked = { name: "p", domain: null, timeZone: "UTC", keptParameters: ["Plan", "plan", "tab"] }
      const created = yield* projects.create(yield* organization, asked)
      assert.deepStrictEqual(created.keptParameters, ["plan", "tab"])
      assert.deepStrictEqual((yield* keys.resolve(created.writeKey)).keptParameters, ["plan", "tab"])
      const { secret } = yield* keys.createSecretKey(created.id, { name: "s", scopes: ["events:write"] })
      assert.deepStrictEqual((yield* projects.keepParameters(created.id, ["Size"])).keptParameters, ["size"])
      assert.deepStrictEqual((yield* keys.resolve(secret)).keptParameters, ["size"])
      yield* projects.keepParameters(created.id, [])
      assert.isUndefined((yield* keys.resolve(secret)).keptParameters)
      assert.strictEqual((yield* Effect.flip(projects.keepParameters(ProjectId.make("1"), ["a"])))._tag, "ControlPlaneNotFound")
    }),
  )

  it.effect("of another organization are not listed, and unknown ones are not found", () =>
    Effect.gen(function* () {
      const projects = yield* Projects
      assert.deepStrictEqual(yield* projects.list("999"), [])
      const error = yield* Effect.flip(projects.get(ProjectId.make("281474976710655")))
      assert.strictEqual(error._tag, "ControlPlaneNotFound")
    }),
  )
})

layer(services)("secret keys", (it) => {
  it.effect("show their secret once, are stored as a hash, do what their scopes say, and end when revoked", () =>
    Effect.gen(function* () {
      const [projects, keys, sql] = [yield* Projects, yield* ApiKeys, yield* SqlClient.SqlClient]
      const { id } = yield* projects.create(yield* organization, { name: "p", domain: "example.com", timeZone: "UTC", keptParameters: [] })
      const other = yield* projects.create(yield* organization, { name: "q", domain: null, timeZone: "UTC", keptParameters: [] })
      const { secret, secretKey } = yield* keys.createSecretKey(id, { name: "CI 🚀", scopes: ["stats:read", "events:write"] })
      assert.match(secret, /^ffs_[0-9A-Za-z_-]{43}$/)
      assert.strictEqual(secretKey.prefix, secret.slice(0, 8))
      assert.deepStrictEqual(yield* keys.list(id), [secretKey])
      assert.deepStrictEqual(yield* keys.list(other.id), [])
      assert.deepStrictEqual(yield* keys.resolve(secret), { kind: "secret", projectId: id, scopes: ["stats:read", "events:write"] })
      const stored = yield* sql<{ readonly row: string }>`SELECT k::text AS row FROM secret_keys k`
      assert.include(stored[0]?.row ?? "", secretKey.prefix)
      assert.notInclude(stored[0]?.row ?? "", secret.slice(8))
      assert.strictEqual((yield* Effect.flip(keys.revoke(other.id, secretKey.id)))._tag, "ControlPlaneNotFound")
      yield* keys.revoke(id, secretKey.id)
      assert.strictEqual((yield* Effect.flip(keys.resolve(secret)))._tag, "UnknownKey")
      assert.strictEqual((yield* Effect.flip(keys.revoke(id, secretKey.id)))._tag, "ControlPlaneNotFound")
    }),
  )

  it.effect("that nobody was given are unknown, whatever they look like", () =>
    Effect.gen(function* () {
      const keys = yield* ApiKeys
      for (const key of ["", "ffs_", "ffw_" + "a".repeat(22), "ffs_" + "a".repeat(43), "ffs_' OR 1=1 --", "\u0000", "x".repeat(100_000)])
        assert.strictEqual((yield* Effect.flip(keys.resolve(key)))._tag, "UnknownKey", key.slice(0, 50))
    }),
  )
})
