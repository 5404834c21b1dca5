import { redirect } from "@sveltejs/kit"
import { ask } from "#lib/server/answer.ts"
import { entered, readForm } from "#lib/server/entered.ts"
import { formFailure } from "#lib/server/formFailure.ts"
import { safeNext } from "#lib/server/next.ts"
import { forgetSession, keepSession } from "#lib/server/session.ts"
import type { Actions, PageServerLoad } from "./$types"

export const load: PageServerLoad = async ({ cookies, locals, url }) => {
  const setup = await ask(locals.api.management.GET("/v1/setup"))
  if (setup.ok && setup.value.needed) redirect(303, "/setup")
  if (!locals.token) return
  const session = await ask(locals.api.management.GET("/v1/sessions/current"))
  if (session.ok) redirect(303, safeNext(url.searchParams.get("next")))
  if (session.failure.status === 401) forgetSession(cookies)
}

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const { password, email } = entered(await readForm(request), ["email", "password"])
    const session = await ask(locals.api.management.POST("/v1/sessions", { body: { email, password } }))
    if (session.ok) {
      // A new sign-in ends the session that this browser had before. If query does not hear of it, that session expires by itself.
      if (locals.token) await ask(locals.api.management.DELETE("/v1/sessions/current"))
      keepSession(cookies, session.value)
      redirect(303, safeNext(url.searchParams.get("next")))
    }
    const wrong = { ...session.failure, detail: "Wrong e-mail or password." }
    return formFailure(session.failure.status === 401 ? wrong : session.failure, ["email", "password"], { email })
  },
}
