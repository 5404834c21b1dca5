import { FootfallManagement } from "@footfall/contracts/generated/management"
import { ServiceUnavailable } from "@footfall/contracts/generated/shared"
import { Members } from "@footfall/control-plane/Members"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Warehouse } from "@footfall/analytics/Warehouse"

const OK = { status: "ok" } as const

/** Ready while both stores answer within two seconds: every operation needs one of them. */
export const layer = HttpApiBuilder.group(
  FootfallManagement,
  "health",
  Effect.fnUntraced(function* (handlers) {
    const members = yield* Members
    const warehouse = yield* Warehouse
    const stores = Effect.all([members.hasOwner, warehouse.ping], { concurrency: 2, discard: true })
    return handlers.handleAll({
      getLiveness: () => Effect.succeed(OK),
      getReadiness: () =>
        stores.pipe(
          Effect.timeout("2 seconds"),
          Effect.mapError(
            () => new ServiceUnavailable({ detail: "Postgres or ClickHouse is not responding.", headers: { "retry-after": 1 } }),
          ),
          Effect.as(OK),
        ),
    })
  }),
)
