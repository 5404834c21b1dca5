import { ServiceUnavailable } from "@footfall/contracts/generated/shared"
import { EventLog } from "@footfall/event-log/EventLog"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { ServedApi } from "./ServedApi.ts"

const ok = { status: "ok" } as const

/** Alive as long as the process answers; ready while the event log answers. Postgres does not matter here: keys are remembered. */
export const layer = HttpApiBuilder.group(ServedApi, "health", (handlers) =>
  Effect.gen(function* () {
    const log = yield* EventLog
    const notReady = () => new ServiceUnavailable({ detail: "The event log is unavailable.", headers: { "retry-after": 2 } })
    return handlers.handleAll({
      getLiveness: () => Effect.succeed(ok),
      getReadiness: () => Effect.mapBoth(log.ready, { onFailure: notReady, onSuccess: () => ok }),
    })
  }),
)
