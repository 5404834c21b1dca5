import { NodeHttpServer } from "@effect/platform-node"
import { Effect, Layer, Redacted } from "effect"
import { HttpApiBuilder, HttpApiTest } from "effect/http-api"
import { expect, it } from "vitest"
import { Bearer, FootfallManagement, RequestValidation } from "../src/generated/management.ts"
import { BadRequest, NotFound, Unauthorized } from "../src/generated/shared.ts"
import { Principal } from "../src/principal.ts"
import { layerRequestValidation } from "../src/runtime.ts"

// What the compiler refuses stands under @ts-expect-error: `pnpm types` fails as soon as it is no longer refused.

const Health = HttpApiBuilder.group(FootfallManagement, "health", (handlers) =>
  handlers.handleAll({
    getLiveness: () => Effect.succeed({ status: "ok" as const }),
    getReadiness: () => Effect.succeed({ status: "ok" as const }),
  }),
)

const validation = layerRequestValidation(RequestValidation, (errors) => new BadRequest({ detail: "Malformed.", errors }))

const security = Layer.succeed(Bearer, {
  bearer: (effect, { credential }) =>
    Redacted.value(credential) === "good"
      ? Effect.provideService(effect, Principal, { _tag: "User", id: "u", memberships: [] })
      : Effect.fail(new Unauthorized({ detail: "unknown token" })),
})

it("an answer of another shape, an undeclared error and a missing handler do not compile", () => {
  HttpApiBuilder.group(FootfallManagement, "health", (handlers) =>
    handlers
      // @ts-expect-error the status must be "ok"
      .handle("getLiveness", () => Effect.succeed({ status: "fine" }))
      // @ts-expect-error 404 is not declared here
      .handle("getReadiness", () => Effect.fail(new NotFound({}))),
  )
  HttpApiBuilder.group(FootfallManagement, "health", (handlers) =>
    // @ts-expect-error getReadiness has no handler
    handlers.handle("getLiveness", () => Effect.succeed({ status: "ok" as const })),
  )
  // @ts-expect-error a 400 needs errors
  layerRequestValidation(RequestValidation, () => new BadRequest({ detail: "Malformed." }))
  expect(validation).toBeDefined()
})

it("handlers that match answer", async () => {
  const program = Effect.gen(function* () {
    const client = yield* HttpApiTest.groups(FootfallManagement, ["health"])
    return yield* client.health.getReadiness()
  })
  const layers = Health.pipe(Layer.provideMerge(Layer.mergeAll(validation, security)))
  expect(
    await Effect.runPromise(program.pipe(Effect.provide(layers), Effect.provide(NodeHttpServer.layerHttpServices), Effect.scoped)),
  ).toEqual({ status: "ok" })
})
