import type { Role } from "@footfall/contracts/generated/shared"

/** What the members of an organization may do in it, by their role. */
const ALLOWED = {
  "project:read": ["owner", "admin", "editor", "viewer"],
  "project:create": ["owner", "admin"],
  "project:change": ["owner", "admin"],
  "keys:manage": ["owner", "admin"],
} as const satisfies Readonly<Record<string, ReadonlyArray<Role>>>

/** Something that a role permits or not. */
export type Permission = keyof typeof ALLOWED

/** Whether a role permits it. */
export const permits = (role: Role, permission: Permission): boolean => (ALLOWED[permission] as ReadonlyArray<Role>).includes(role)
