import { ClickHouse, type Statement } from "@footfall/platform/ClickHouse"
import { Effect, Layer } from "effect"
import { makeShares, type ShareLimits } from "../domain/Shares.ts"
import { WarehouseUnavailable } from "../domain/WarehouseUnavailable.ts"
import { type Subject, Warehouse } from "../Warehouse.ts"

/** A little longer than ClickHouse may work on a statement. */
const PATIENCE = "25 seconds"

/**
 * Statements at once: together fewer than there are connections, so that none waits unseen. A view of the dashboard asks about seven, so
 * several tabs that are opened again find a place.
 */
const SHARES: ShareLimits = {
  running: { all: 8, project: 6, asker: 4 },
  waiting: { project: 300, asker: 150 },
  patienceMs: 15_000,
}

/** `Warehouse` in ClickHouse. A statement that ClickHouse refuses is a bug of ours and dies. */
export const layer = Layer.effect(
  Warehouse,
  Effect.gen(function* () {
    const clickhouse = yield* ClickHouse
    const inShare = makeShares(SHARES)

    const ask = <A, I>(statement: Statement<A, I>) =>
      clickhouse.query(statement).pipe(
        Effect.catchTag("ClickHouseUnavailable", ({ cause }) => Effect.fail(new WarehouseUnavailable({ cause }))),
        Effect.catchTag("ClickHouseRejected", (rejected) => Effect.die(rejected)),
        Effect.timeoutOrElse({
          duration: PATIENCE,
          orElse: () => Effect.fail(new WarehouseUnavailable({ cause: new Error(`ClickHouse did not answer within ${PATIENCE}`) })),
        }),
        Effect.map(({ rows, read }) => ({ rows, cost: read })),
      )

    return Warehouse.of({
      read: <A, I>({ id, asker }: Subject, statement: Statement<A, I>) => inShare({ project: id, asker }, ask(statement)),
      ping: clickhouse.ping.pipe(Effect.catchTag("ClickHouseUnavailable", ({ cause }) => Effect.fail(new WarehouseUnavailable({ cause })))),
    })
  }),
)
