import { randomBytes } from "node:crypto"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { keptSecret } from "./state-file.ts"

/** Where the password of an engine is kept. */
export const passwordFile = (folder: string, engine: string): string => join(folder, `${engine}.password`)

/** The password of an engine, made at its first use and kept in `folder` for its owner's eyes only. */
export const passwordOf = (folder: string, engine: string): string => {
  mkdirSync(folder, { recursive: true })
  return keptSecret(passwordFile(folder, engine), () => randomBytes(24).toString("hex"))
}
