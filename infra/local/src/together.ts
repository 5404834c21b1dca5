import { PortTaken, type ManagedProcess } from "./managed-process.ts"

/** Programs that are made and started together, and whatever else was decided with them. */
export interface Group {
  readonly processes: ReadonlyArray<ManagedProcess>
}

/** Somebody who takes a port from us every time is not met by chance. */
const attempts = 10

/**
 * Makes programs, on ports that are free at that moment, and starts them in parallel; settles with them once all answer. A port may be
 * taken between choosing and listening: then all are stopped, `lost` hears of it, and the group is made anew. Rejects, with everything
 * stopped, when a program fails for another reason.
 */
export const startTogether = async <A extends Group>(make: () => Promise<A>, lost: (port: number) => void): Promise<A> => {
  for (let attempt = 1; ; attempt++) {
    const group = await make()
    const started = await Promise.allSettled(group.processes.map((process) => process.start()))
    const failures = started.flatMap((one) => (one.status === "rejected" ? [one.reason] : []))
    if (failures.length === 0) return group
    await Promise.all(group.processes.map((process) => process.stop()))
    const other = failures.find((failure) => !(failure instanceof PortTaken))
    if (other !== undefined || attempt === attempts) throw other ?? failures[0]
    for (const failure of failures) lost(failure.port)
  }
}
