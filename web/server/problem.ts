import { STATUS_CODES } from "node:http"

export const PROBLEM_JSON = "application/problem+json"

/** The body of a problem (RFC 9457): the status says which kind, `detail` what is wrong and what to do about it. */
export const problemBody = (status: number, detail: string, title = STATUS_CODES[status] ?? "Error") => ({
  type: "about:blank",
  title,
  status,
  detail,
})
