import type { SchemaIssue } from "effect"
import { describeExpected } from "./describe.ts"

/** One thing that is wrong with a request. */
export interface FieldError {
  readonly in: "body" | "query" | "path" | "header"
  /** JSON pointer (RFC 6901) to the offending value; empty for the whole. */
  readonly pointer: string
  /** What was expected there. It never repeats what was sent. */
  readonly message: string
}

/** As many as a person reads; a hostile body could otherwise make an answer larger than itself. */
const limit = 100

const segment = (key: PropertyKey): string => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`

/**
 * What is wrong according to a schema, as JSON pointers below `prefix` and sentences for people. `repeated` are the pointers to
 * what came several times: where one value was wanted, that is what is wrong.
 */
export const fieldErrorsOf = (
  issue: SchemaIssue.Issue,
  place: FieldError["in"],
  prefix = "",
  repeated: ReadonlySet<string> = new Set(),
): ReadonlyArray<FieldError> => {
  const found = new Map<string, FieldError>()
  const report = (pointer: string, message: string) => {
    if (found.size < limit) found.set(`${pointer} ${message}`, { in: place, pointer, message })
  }
  const typeMessage = ({ ast }: SchemaIssue.AnyOf | SchemaIssue.InvalidType, pointer: string) =>
    repeated.has(pointer) ? "Expected only once, but given several times" : `Expected ${describeExpected(ast)}`
  const visit = (current: SchemaIssue.Issue, pointer: string, override?: string): void => {
    switch (current._tag) {
      case "Pointer":
        return visit(current.issue, pointer + current.path.map(segment).join(""), override)
      case "Encoding":
        return visit(current.issue, pointer, override)
      case "Filter":
        return visit(current.issue, pointer, override ?? filterMessage(current))
      case "Composite":
        return current.issues.forEach((child) => visit(child, pointer, override))
      case "AnyOf":
        if (current.issues.length > 0) return current.issues.forEach((child) => visit(child, pointer, override))
        return report(pointer, override ?? typeMessage(current, pointer))
      case "InvalidType":
        return report(pointer, override ?? typeMessage(current, pointer))
      default:
        return report(pointer, override ?? leafMessage(current, place))
    }
  }
  visit(issue, prefix)
  return [...found.values()]
}

const filterMessage = ({ filter }: SchemaIssue.Filter): string | undefined => {
  const { expected, message } = filter.annotations ?? {}
  return typeof message === "string" ? message : typeof expected === "string" ? `Expected ${expected}` : undefined
}

/** What is told of a field that is not there. */
export const MISSING_FIELD = "Missing required field"

const leafMessage = (issue: Exclude<SchemaIssue.Leaf, SchemaIssue.InvalidType>, place: FieldError["in"]): string => {
  switch (issue._tag) {
    case "MissingKey":
      return place === "body" ? MISSING_FIELD : "Missing required parameter"
    case "UnexpectedKey":
      return place === "body" ? "Unknown field" : "Unknown parameter"
    case "OneOf":
      return "Expected a value that matches exactly one of the alternatives"
    case "InvalidValue":
    case "Forbidden": {
      const { expected, message } = issue.annotations ?? {}
      return typeof message === "string" ? message : `Expected ${typeof expected === "string" ? expected : "a valid value"}`
    }
  }
}
