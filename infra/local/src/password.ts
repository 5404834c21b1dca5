import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** The password of an engine, made at its first use and kept in `folder` for its owner's eyes only. */
export const passwordOf = (folder: string, engine: string): string => {
  const file = join(folder, `${engine}.password`)
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("hex"), { mode: 0o600 })
  return readFileSync(file, "utf8").trim()
}
