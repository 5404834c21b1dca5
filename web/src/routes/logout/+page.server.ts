import { redirect } from "@sveltejs/kit"
import { ask } from "#lib/server/answer.ts"
import { forgetSession } from "#lib/server/session.ts"
import type { Actions, PageServerLoad } from "./$types"

/** Only a form signs out; a link or an image must not be able to. */
export const load: PageServerLoad = () => redirect(303, "/")

export const actions: Actions = {
  default: async ({ locals, cookies }) => {
    // Also when the API cannot be told: this browser forgets the token either way.
    await ask(locals.api.management.DELETE("/v1/sessions/current"))
    forgetSession(cookies)
    redirect(303, "/login")
  },
}
