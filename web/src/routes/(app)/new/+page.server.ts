import { redirect } from "@sveltejs/kit"
import { timeZones } from "#lib/features/projects/timeZones.ts"
import { ask } from "#lib/server/answer.ts"
import { entered, readForm } from "#lib/server/entered.ts"
import { formFailure } from "#lib/server/formFailure.ts"
import { stillSignedIn } from "#lib/server/must.ts"
import type { Actions, PageServerLoad } from "./$types"

export const load: PageServerLoad = () => ({ timeZones: timeZones() })

/** People paste addresses where a host name is asked for; `https://example.com/shop` means `example.com`, and so does `example.com.`. */
const hostOf = (text: string): string => {
  const url = `https://${text.replace(/^[a-z]+:\/\//i, "")}`
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, "") : text
}

export const actions: Actions = {
  default: async (event) => {
    const values = entered(await readForm(event.request), ["name", "domain", "timeZone"])
    const { name, domain, timeZone } = values
    const body = { name, timeZone, ...(domain === "" ? {} : { domain: hostOf(domain) }) }
    const project = await ask(event.locals.api.management.POST("/v1/projects", { body }))
    if (project.ok) redirect(303, `/${project.value.id}/install`)
    stillSignedIn(event, project.failure)
    return formFailure(project.failure, ["name", "domain", "timeZone"], values)
  },
}
