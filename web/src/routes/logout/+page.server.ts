import { error, redirect } from "@sveltejs/kit"
import { ask } from "#lib/server/answer.ts"
import { readForm } from "#lib/server/entered.ts"
import { forgetSession } from "#lib/server/session.ts"
import type { Actions, PageServerLoad } from "./$types"

/** Only a form signs out; a link or an image must not be able to. */
export const load: PageServerLoad = () => redirect(303, "/")

export const actions: Actions = {
  default: async ({ request, locals, cookies }) => {
    const everywhere = (await readForm(request)).has("everywhere")
    const ended = await ask(locals.api.management.DELETE(everywhere ? "/v1/sessions" : "/v1/sessions/current"))
    // This browser forgets its token also when the API cannot be told; that others do must be true.
    if (everywhere && !ended.ok && ended.failure.status !== 401)
      error(503, { message: "You could not be signed out everywhere just now. Try again in a moment." })
    forgetSession(cookies)
    redirect(303, "/login")
  },
}
