import { fail } from "@sveltejs/kit"
import type { Failure } from "./answer.ts"

/** What a form shows when it was refused: a sentence for the whole of it, and messages at their fields. */
export interface FormFailure {
  readonly message: string
  readonly errors: Readonly<Record<string, string>>
  /** What was entered, to be shown again; never a password. */
  readonly values: Readonly<Record<string, string>>
}

/** A form refused for a reason that no single field is to blame for. */
export const refused = (status: number, message: string, values: FormFailure["values"]) =>
  fail<FormFailure>(status, { message, errors: {}, values })

const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`)

/** The API speaks to programs of strings and formats; a person reads what to do. */
const inWords = (message: string, value: string | undefined): string => {
  if (value === "") return "Please fill this in."
  return sentence(message.replace(/^Expected a string with /, "Must have ").replace(/^Expected /, "Must be "))
}

const seconds = (count: number) => `${count} second${count === 1 ? "" : "s"}`

/**
 * A refused form, from a problem of the API: each error goes to the field that its JSON pointer names, when `fields` has it, and
 * into the sentence otherwise.
 */
export const formFailure = (failure: Failure, fields: ReadonlyArray<string>, values: Readonly<Record<string, string>>) => {
  const errors: Record<string, string> = {}
  const unplaced: Array<string> = []
  for (const { pointer, message } of failure.errors) {
    const field = pointer.split("/")[1] ?? ""
    if (fields.includes(field)) errors[field] ??= inWords(message, values[field])
    else unplaced.push(sentence(`${pointer || "The form"}: ${message}`))
  }
  const wait = failure.status === 429 && failure.retryAfter ? ` Try again in ${seconds(failure.retryAfter)}.` : ""
  const placed = Object.keys(errors).length
  const message = unplaced.length > 0 ? unplaced.join(" ") : placed > 0 ? "Please correct what is marked below." : failure.detail + wait
  return fail<FormFailure>(failure.status, { message, errors, values })
}
