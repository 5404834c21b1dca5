import { expect, test } from "vitest"
import { ask } from "#lib/server/answer.ts"
import { formFailure } from "#lib/server/formFailure.ts"
import { soon } from "#lib/server/soon.ts"

const problem = {
  type: "about:blank",
  title: "Bad Request",
  status: 400,
  detail: "Two things are wrong.",
  errors: [
    { in: "body", pointer: "/email", message: "Expected an e-mail address" },
    { in: "body", pointer: "/plan/0", message: "is unknown" },
  ],
}

test("a server that does not answer is a failure and not an exception", async () => {
  const answer = await ask(Promise.reject(new TypeError("fetch failed")))
  expect(answer).toMatchObject({ ok: false, failure: { status: 503 } })
})

test("a proxy's own error page is a failure with words", async () => {
  const answer = await ask(
    Promise.resolve({ error: "<html>", response: new Response("<html>", { status: 502, statusText: "Bad Gateway" }) }),
  )
  expect(answer).toMatchObject({ ok: false, failure: { status: 502, title: "Bad Gateway", errors: [] } })
})

test("errors of a problem land at their fields, and what has no field is said above", async () => {
  const answer = await ask(Promise.resolve({ error: problem, response: new Response(null, { status: 400 }) }))
  if (answer.ok) throw new Error("must fail")
  const failure = formFailure(answer.failure, ["email"], { email: "x" })
  expect(failure.status).toBe(400)
  expect(failure.data).toEqual({ message: "/plan/0: is unknown.", errors: { email: "Must be an e-mail address." }, values: { email: "x" } })
})

test("too many attempts say when to come back", async () => {
  const response = new Response(null, { status: 429, headers: { "retry-after": "7" } })
  const answer = await ask(Promise.resolve({ error: { ...problem, errors: undefined, detail: "Too many attempts." }, response }))
  if (answer.ok) throw new Error("must fail")
  expect(formFailure(answer.failure, [], {}).data.message).toBe("Too many attempts. Try again in 7 seconds.")
})

test("what is quick is there at once, what is slow stays a promise", async () => {
  const quick = await soon(Promise.resolve({ ok: true, value: 1 } as const), 50)
  expect(quick.answer).toEqual({ ok: true, value: 1 })
  const never = new Promise<{ ok: true; value: number }>(() => {})
  expect((await soon(never, 1)).answer).toBe(never)
})
