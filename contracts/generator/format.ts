import { format } from "oxfmt"
import { fail } from "./fault.ts"

/** Formats generated source in the style of the repository. */
export const formatSource = async (file: string, source: string): Promise<string> => {
  const { code, errors } = await format(file, source, { printWidth: 140, semi: false, singleQuote: false, trailingComma: "all" })
  const [problem] = errors
  return problem === undefined
    ? code
    : fail(file, `the generator wrote code that does not parse: ${problem.message}\n${problem.codeframe ?? ""}`)
}
