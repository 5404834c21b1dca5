import { EventsGroup } from "@footfall/contracts/generated/ingest"
import { Forbidden, ServiceUnavailable, TooManyRequests, Unauthorized } from "@footfall/contracts/generated/shared"
import { type Config, Effect, Layer } from "effect"
import { HttpRouter, type HttpServerRequest, HttpServerResponse } from "effect/http"
import { configuredProxies } from "@footfall/platform/ClientAddress"
import { Intake } from "../domain/Intake.ts"
import { Strangers } from "../domain/Strangers.ts"
import { badBody } from "./badBody.ts"
import { BodyBudget } from "./body.ts"
import { CORS, preflight } from "./cors.ts"
import { type EventsProblem, problemOf } from "./problemOf.ts"
import { FromStranger, receiver, type Refusal } from "./receive.ts"

const down = (what: string) =>
  new ServiceUnavailable({
    detail: `${what} is unavailable right now. Send the same events again, with the same ids.`,
    headers: { "retry-after": 2 },
  })

const overLimit = (detail: string, waitMs: number) =>
  new TooManyRequests({ detail, headers: { "retry-after": Math.max(1, Math.ceil(waitMs / 1000)) } })

/** What a sender is told of a failure. */
const told = (error: Refusal): EventsProblem => {
  switch (error._tag) {
    case "UnknownKey":
      return new Unauthorized({ detail: "Unknown key. It is mistyped or has been revoked." })
    case "ScopeMissing":
      return new Forbidden({ detail: "This secret key cannot send events: it does not have the scope events:write." })
    case "RateExceeded":
      return overLimit("Too many events from this address.", error.waitMs)
    case "SearchExceeded":
      return overLimit(
        "The server read too much data looking for a key. Send the key in the Authorization header, or put `key` before `events`.",
        error.waitMs,
      )
    case "NothingAccepted":
      return badBody(error.refusals)
    case "ControlPlaneUnavailable":
      return down("The key store")
    case "LogUnavailable":
      return down("The event log")
    default:
      return error
  }
}

/** The answer to somebody without a valid key: what is wrong, or that they ask too often. */
const turnedAway = (strangers: Strangers["Service"], { networks, refusal }: FromStranger) =>
  Effect.map(strangers.refuse(networks), (waitMs) =>
    waitMs === 0 ? told(refusal) : overLimit("Too many requests without a valid key from this address.", waitMs),
  )

const handle = (receive: ReturnType<typeof receiver>, strangers: Strangers["Service"]) => {
  const answer = (problem: EventsProblem) => problemOf(problem, CORS)
  // Errors are mapped out here only: an operator further in would keep what it is applied to, and so the parsed batch, until the
  // log answers, and what waits is what the garbage collector has to copy.
  return (request: HttpServerRequest.HttpServerRequest) =>
    Effect.matchEffect(receive(request), {
      onFailure: (error) =>
        error instanceof FromStranger ? Effect.map(turnedAway(strangers, error), answer) : Effect.succeed(answer(told(error))),
      onSuccess: (receipt) => Effect.succeed(HttpServerResponse.jsonUnsafe(receipt, { status: 202, headers: CORS })),
    })
}

const endpoint = EventsGroup.endpoints.createEvents

/**
 * `POST /v1/events`, method and path as the contract declares them. A route of its own beside HttpApi, typed by the generated
 * schemas: through HttpApi a request of one event took 38 µs of CPU instead of 33, and everything that comes in takes this way.
 */
export const layer: Layer.Layer<never, Config.ConfigError, HttpRouter.HttpRouter | Intake | Strangers> = Layer.unwrap(
  Effect.gen(function* () {
    const strangers = yield* Strangers
    const answer = handle(receiver(yield* Intake, strangers, yield* configuredProxies, yield* BodyBudget), strangers)
    return Layer.mergeAll(
      HttpRouter.add(endpoint.method, endpoint.path, answer),
      HttpRouter.add("OPTIONS", endpoint.path, preflight("POST")),
    )
  }),
)
