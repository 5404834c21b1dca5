import { refuse } from "./errors.ts"
import { words, type Statement } from "./statement.ts"

/** Whether a bare or quoted name is `file`; with a backslash in it a quoted one could be anything. */
const namesFile = (text: string): boolean => {
  if (text === "FILE") return true
  return /^[`"“]/.test(text) && (text.includes("\\") || text.slice(1, -1).toLowerCase() === "file")
}

/**
 * Refuses what a request that may only read has no business with. Table functions, and tables in other databases than the engine's own,
 * are refused by the engine, whose user has no role then. Left to us: other statements than reads, a second statement, which
 * could take the role back, and the function `file`, which chDB lets read any file without asking for a right.
 */
export const refuseUnlessReading = (statement: Statement): void => {
  if (statement.kind !== "read") throw refuse(164, "Cannot execute query in readonly mode: this request may only read.", "READONLY")
  for (const { text } of words(statement.sql)) {
    if (text === ";") throw refuse(62, "Syntax error: Multi-statements are not allowed.", "SYNTAX_ERROR")
    if (namesFile(text))
      throw refuse(497, "Not enough privileges. A request that may only read cannot use the name `file`.", "ACCESS_DENIED")
  }
}
