import { Schema } from "effect"

/** A project, as decimal digits (48 random bits, never 0): `bigint` in Postgres, `UInt64` in ClickHouse. */
export const ProjectId = Schema.String.check(Schema.isPattern(/^[1-9][0-9]{0,14}$/)).pipe(Schema.brand("ProjectId"))
export type ProjectId = typeof ProjectId.Type
