import type { RefusalReason } from "@footfall/contracts/generated/shared"

/** Why one event is not accepted, and where in it the reason lies (a JSON pointer below the event). */
export interface Refused {
  readonly reason: RefusalReason
  readonly pointer: string
  readonly message: string
}

/** A refusal for what the event itself looks like. */
export const invalid = (pointer: string, message: string): Refused => ({ reason: "invalid", pointer, message })

/** One step of a JSON pointer (RFC 6901). */
export const pointerStep = (key: string | number): string =>
  `/${typeof key === "number" ? key : key.replaceAll("~", "~0").replaceAll("/", "~1")}`
