import { Schema } from "effect"

/** One thing wrong with a request: where it stands, as a JSON pointer (RFC 6901) such as `/to`, and what was expected. */
const Complaint = Schema.Struct({ in: Schema.Literals(["body", "query"]), pointer: Schema.String, message: Schema.String })

/** A request is well-formed but makes no sense; sending it again will not help. */
export class InvalidRequest extends Schema.TaggedError<InvalidRequest>()("InvalidRequest", { complaints: Schema.Array(Complaint) }) {
  /** A complaint about one query parameter. */
  static readonly parameter = (name: string, message: string) =>
    new InvalidRequest({ complaints: [{ in: "query", pointer: `/${name}`, message }] })

  /** The same complaints about a part of a body. */
  readonly within = (pointer: string): InvalidRequest =>
    new InvalidRequest({
      complaints: this.complaints.map((complaint) => ({ ...complaint, in: "body", pointer: pointer + complaint.pointer })),
    })
}
