import { PartitionLog } from "@footfall/event-log/PartitionLog"
import { Deferred, Effect } from "effect"
import { cycles } from "./cycle.ts"
import { remember } from "./memory.ts"
import { isLeaving, pause, type Tenure } from "./tenure.ts"

/**
 * Least time between two batches of a partition, ms. A quiet partition is processed at once; a busy one gathers what arrives
 * meanwhile, because ClickHouse pays some 10 ms for every block, whatever its size.
 */
const GATHER_MS = 400

/**
 * Builds the loop of one owned partition, which says when a batch is done. It ends when the owner is asked to go, after finishing its batch, and fails when the
 * lease is lost or the log is away; then the partition is to be acquired again.
 */
export const partitions = Effect.gen(function* () {
  const log = yield* PartitionLog
  const cycle = yield* cycles

  return Effect.fn("partition")(function* (own: Tenure, done: () => void) {
    const memory = yield* remember(log, own.lease)
    while (!isLeaving(own)) {
      const began = performance.now()
      const turn = yield* cycle(own, memory)
      if (turn.entries > 0) done()
      if (turn.entries === 0) yield* Effect.raceFirst(log.arrival(own.lease), Deferred.await(own.leaving))
      else if (!turn.more) yield* pause(own, Math.max(0, began + GATHER_MS - performance.now()))
    }
  })
})
