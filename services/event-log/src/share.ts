import { createHash } from "node:crypto"

const weight = (worker: string, partition: number): bigint =>
  createHash("sha256").update(`${partition}|${worker}`).digest().readBigUInt64BE()

/**
 * Which partitions each worker owns: rendezvous hashing with a bound, so that nobody has more than the ceiling of the mean. All
 * workers compute the same from the same list, and when one joins or leaves few other partitions move.
 */
export const shares = (workers: ReadonlyArray<string>, partitions: number): ReadonlyMap<string, ReadonlyArray<number>> => {
  const owned = new Map<string, Array<number>>(workers.map((worker) => [worker, []]))
  const most = Math.ceil(partitions / Math.max(1, workers.length))
  for (let partition = 0; partition < partitions; partition++) {
    let heaviest: { readonly worker: string; readonly weight: bigint } | undefined
    for (const worker of owned.keys()) {
      if (owned.get(worker)!.length >= most) continue
      const own = weight(worker, partition)
      if (heaviest === undefined || own > heaviest.weight) heaviest = { worker, weight: own }
    }
    if (heaviest !== undefined) owned.get(heaviest.worker)!.push(partition)
  }
  return owned
}
