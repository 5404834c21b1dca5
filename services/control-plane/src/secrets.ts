import { createHash, randomBytes, randomInt } from "node:crypto"
import { ProjectId } from "./ids.ts"

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/** `ffw_` and 22 characters of base 62 (131 random bits). Public: it can only add events. */
export const newWriteKey = () => `ffw_${Array.from({ length: 22 }, () => ALPHABET[randomInt(62)]).join("")}`

/** `ffs_` and 256 random bits in base64url. It permits what its scopes say. */
export const newSecretKey = () => `ffs_${randomBytes(32).toString("base64url")}`

/** A project id of 48 random bits, never 0. */
export const newProjectId = () => ProjectId.make(String(randomInt(1, 2 ** 48 - 1)))

/** The form in which a secret is stored and looked up: SHA-256, hex. 256 random bits need no salt and no stretching. */
export const hashSecret = (secret: string) => createHash("sha256").update(secret).digest("hex")

/** What kind of key this could be, by its form alone. */
export const keyKind = (key: string): "write" | "secret" | undefined =>
  /^ffw_[0-9A-Za-z]{22}$/.test(key) ? "write" : /^ffs_[0-9A-Za-z_-]{43}$/.test(key) ? "secret" : undefined
