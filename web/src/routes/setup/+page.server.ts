import { redirect } from "@sveltejs/kit"
import { ask } from "#lib/server/answer.ts"
import { apiFor } from "#lib/server/api.ts"
import { formFailure, refused } from "#lib/server/formFailure.ts"
import { must } from "#lib/server/must.ts"
import { keepSession } from "#lib/server/session.ts"
import { entered, readForm } from "#lib/server/entered.ts"
import type { Actions, PageServerLoad } from "./$types"

export const load: PageServerLoad = async (event) => {
  const setup = must(event, await ask(event.locals.api.management.GET("/v1/setup")))
  if (!setup.needed) redirect(303, "/login")
}

export const actions: Actions = {
  default: async ({ request, locals, cookies }) => {
    const { password, ...values } = entered(await readForm(request), ["setupCode", "name", "email", "password"])
    const session = await ask(locals.api.management.POST("/v1/setup", { body: { ...values, password } }))
    if (session.ok) {
      keepSession(cookies, session.value)
      // The demo's project may be there before the owner is.
      const { management } = apiFor(session.value.token, request.headers.get("x-forwarded-for") ?? "")
      const list = await ask(management.GET("/v1/projects"))
      redirect(303, list.ok && list.value.projects.length > 0 ? "/" : "/new")
    }
    if (session.failure.status === 409) return refused(409, "This instance already has an owner. Sign in instead.", values)
    const { failure } = session
    // Forbidden can only be the code.
    const errors = failure.status === 403 ? [{ pointer: "/setupCode", message: failure.detail }] : failure.errors
    return formFailure({ ...failure, errors }, ["setupCode", "name", "email", "password"], values)
  },
}
