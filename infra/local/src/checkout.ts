import { randomBytes } from "node:crypto"
import { chmodSync, mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { unwritableSentence } from "./disk.ts"
import { isRoot } from "./machine.ts"
import { closedFolder, keptSecret } from "./state-file.ts"
import { Unable } from "./unable.ts"

/** The root of this checkout. */
export const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "")

/**
 * Where this checkout keeps its data, logs and what it remembers: `.footfall`, or FOOTFALL_DATA (a relative one is below the checkout).
 * Nobody else may look into it. Throws Unable when it cannot be made.
 */
export const stateFolder = (env: NodeJS.ProcessEnv = process.env): string => {
  const folder = resolve(root, env["FOOTFALL_DATA"] || ".footfall")
  try {
    // A folder that somebody named may have been made for more than us, so its rights are left as they are.
    const isOurs = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined || folder === resolve(root, ".footfall")
    // Root's Postgres runs as another user, who has to pass through here. What is in the folder is closed for itself.
    if (isOurs) chmodSync(folder, isRoot() ? 0o711 : 0o700)
    closedFolder(join(folder, "logs"))
  } catch (cause) {
    throw new Unable(unwritableSentence(cause, folder))
  }
  return folder
}

const CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

/** The file with the code that the owner of a fresh instance needs: 4 times 5 letters and digits, none that look alike. */
export const setupCodeFile = (folder: string): string => {
  const file = join(folder, "setup.code")
  const group = () => Array.from(randomBytes(5), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join("")
  keptSecret(file, () => Array.from({ length: 4 }, group).join("-"))
  return file
}

/** The file with the secret by which query knows the dashboard; made once, readable by its owner only. */
export const webSecretFile = (folder: string): string => {
  const file = join(folder, "web.secret")
  keptSecret(file, () => randomBytes(32).toString("base64url"))
  return file
}

/** The file with the secret that sessions are signed with; made once, readable by its owner only. */
export const authSecretFile = (folder: string): string => {
  const file = join(folder, "auth.secret")
  keptSecret(file, () => randomBytes(32).toString("base64url"))
  return file
}
