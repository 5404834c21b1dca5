import { Schema } from "effect"

/** A project, as decimal digits (48 random bits, never 0): `bigint` in Postgres, `UInt64` in ClickHouse. */
export const ProjectId = Schema.String.check(Schema.isPattern(/^[1-9][0-9]{0,14}$/)).pipe(Schema.brand("ProjectId"))
export type ProjectId = typeof ProjectId.Type

/** What a secret key may be allowed to do. */
export const Scope = Schema.Literals(["events:write", "stats:read", "projects:read"])
export type Scope = typeof Scope.Type

/** What a person may be in an organization. */
export const Role = Schema.Literals(["owner", "admin", "editor", "viewer"])
export type Role = typeof Role.Type
