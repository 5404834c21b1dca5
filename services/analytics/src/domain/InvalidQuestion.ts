import { Schema } from "effect"

/** One thing wrong with what was asked: where it stands in the request, as a JSON pointer (RFC 6901) such as `/to`, and what was expected. */
const Complaint = Schema.Struct({ in: Schema.Literals(["body", "query"]), pointer: Schema.String, message: Schema.String })

/** What was asked is well-formed but makes no sense; asking again the same way will not help. */
export class InvalidQuestion extends Schema.TaggedError<InvalidQuestion>()("InvalidQuestion", { complaints: Schema.Array(Complaint) }) {
  /** A complaint about one query parameter. */
  static readonly parameter = (name: string, message: string) =>
    new InvalidQuestion({ complaints: [{ in: "query", pointer: `/${name}`, message }] })
}
