import { existsSync, readFileSync } from "node:fs"
import { Unable } from "../unable.ts"

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The object in a JSON file, undefined without a file. Throws Unable with what to do when the file holds anything else. */
export const readObject = (file: string, remedy: string): object | undefined => {
  if (!existsSync(file)) return undefined
  const found = parsed(readFileSync(file, "utf8"))
  if (typeof found === "object" && found !== null) return found
  throw new Unable(`${file} is not readable: ${remedy}.`)
}
