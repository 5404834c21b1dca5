import type { Role } from "@footfall/contracts/generated/shared"
import { hashSecret } from "@footfall/control-plane/secrets"
import { Effect } from "effect"
import { randomBytes } from "node:crypto"
import pg from "pg"

/**
 * Makes somebody who is signed in and has this role in the organization of the instance, or in one of their own, since nobody can be
 * invited yet. Returns their session token.
 */
export const signedIn = (env: Readonly<Record<string, string>>, role: Role, where: "here" | "elsewhere" = "here") =>
  Effect.promise(async () => {
    const client = new pg.Client({ connectionString: env["DATABASE_URL"] })
    await client.connect()
    const id = randomBytes(8).toString("hex")
    const token = randomBytes(16).toString("hex")
    const organization =
      where === "here"
        ? await client.query(`SELECT id FROM organizations ORDER BY id LIMIT 1`)
        : await client.query(`INSERT INTO organizations (name) VALUES ('Elsewhere') RETURNING id`)
    await client.query(`INSERT INTO "user" ("id", "name", "email", "emailVerified") VALUES ($1, $1, $1 || '@example.com', false)`, [id])
    await client.query(`INSERT INTO members (organization_id, user_id, role) VALUES ($1, $2, $3)`, [organization.rows[0].id, id, role])
    await client.query(
      `INSERT INTO "session" ("id", "expiresAt", "token", "updatedAt", "userId") VALUES ($1, now() + interval '1 day', $2, now(), $1)`,
      [id, hashSecret(token)],
    )
    await client.end()
    return token
  })
