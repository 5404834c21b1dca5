import { existsSync } from "node:fs"
import { readObject } from "../state-file.ts"
import { Unable } from "../unable.ts"

/** The object in a JSON file, undefined without a file. Throws Unable with what to do when the file holds anything else. */
export const readOrRefuse = (file: string, remedy: string): object | undefined => {
  const found = readObject(file)
  if (found === undefined && existsSync(file)) throw new Unable(`${file} is not readable: ${remedy}.`)
  return found
}
