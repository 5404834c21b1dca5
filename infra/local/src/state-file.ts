import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"

/** Makes a folder that only its owner may look into; closes one that an earlier version left open. */
export const closedFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
}

/** Writes a file whole or not at all, whatever ends us meanwhile, and for its owner's eyes only. */
export const writeWhole = (file: string, text: string): void => {
  const draft = `${file}.new`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  renameSync(draft, file)
}

/** The object in a JSON file; undefined when there is no file, or nothing in it that can be read as an object. */
export const readObject = (file: string): Readonly<Record<string, unknown>> | undefined => {
  if (!existsSync(file)) return undefined
  try {
    const found: unknown = JSON.parse(readFileSync(file, "utf8"))
    return typeof found === "object" && found !== null ? { ...found } : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** The text of a secret's file, or undefined where it is missing or empty. */
export const readSecret = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, "utf8").trim() || undefined : undefined

/** The secret in a file, made anew where the file is missing or empty. */
export const keptSecret = (file: string, make: () => string): string => {
  const kept = readSecret(file)
  if (kept !== undefined) return kept
  const made = make()
  writeWhole(file, made)
  return made
}
