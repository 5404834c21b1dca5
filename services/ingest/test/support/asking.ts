import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { type Answer, type App, startApp } from "./app.ts"

/** A test of an ingest of its own. */
export const test = (name: string, body: (app: App) => Effect.Effect<void>, environment?: Record<string, string>) =>
  it.live(name, () => Effect.flatMap(startApp(environment), body))

/** A problem with this status, from which a person learns what is wrong. */
export const assertProblem = (answer: Answer, status: number) => {
  assert.strictEqual(answer.status, status, answer.text)
  assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
  assert.strictEqual(answer.json.status, status)
  assert.isString(answer.json.title)
  assert.isAbove(answer.json.detail?.length ?? 0, 10)
  assert.strictEqual(answer.headers.get("access-control-allow-origin"), "*")
}

/** A refused body, with this pointer and message. */
export const assertInvalid = (answer: Answer, pointer: string, message: RegExp) => {
  assertProblem(answer, 400)
  const [error] = answer.json.errors ?? []
  assert.strictEqual(error?.in, "body")
  assert.strictEqual(error?.pointer, pointer)
  assert.match(error?.message ?? "", message)
}
