import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** The root of this checkout. */
export const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "")

/** Where this checkout keeps its data, logs and what it remembers: `.footfall`, or FOOTFALL_DATA. */
export const stateFolder = (env: NodeJS.ProcessEnv = process.env): string => {
  const folder = env["FOOTFALL_DATA"] || join(root, ".footfall")
  mkdirSync(join(folder, "logs"), { recursive: true })
  return folder
}

const CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

/** The file with the code that the owner of a fresh instance needs: 4 times 5 letters and digits, none that look alike. */
export const setupCodeFile = (folder: string): string => {
  const file = join(folder, "setup.code")
  const group = () => Array.from(randomBytes(5), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join("")
  if (!existsSync(file)) writeFileSync(file, Array.from({ length: 4 }, group).join("-"), { mode: 0o600 })
  return file
}

/** The file with the secret that sessions are signed with; made once, readable by its owner only. */
export const authSecretFile = (folder: string): string => {
  const file = join(folder, "auth.secret")
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 })
  return file
}
