import { Dimension } from "@footfall/contracts/generated/shared"

export { Dimension }

/** Which of the dimensions belong to the event itself; the others are the same on every event of a session. */
export const EVENT_DIMENSIONS: ReadonlySet<Dimension> = new Set<Dimension>(["page", "event"])

/**
 * A condition that an event has to meet to match. Several `is` of one dimension are one condition that any of their values meets.
 * `is_not` is the exact complement of `is`; an empty value means: not set.
 */
export interface Filter {
  readonly dimension: Dimension
  readonly operator: "is" | "is_not"
  readonly value: string
}

/** A filter from its text `dimension:operator:value`, which the contract has checked. */
export const parseFilter = (text: string): Filter => {
  const [, dimension, operator, value] = /^([a-z_]+):(is|is_not):([^]*)$/.exec(text) as unknown as [
    string,
    Dimension,
    Filter["operator"],
    string,
  ]
  return { dimension, operator, value }
}
