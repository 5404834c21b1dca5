import { redirect } from "@sveltejs/kit"
import { clockIn, likelyZone, timeZones } from "#lib/features/projects/timeZones.ts"
import { ask } from "#lib/server/answer.ts"
import type { Failure } from "#lib/server/answer.ts"
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

/** Whether that leaves a host name, or nothing, which is no mistake. */
const isHost = (text: string): boolean => text === "" || /^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(hostOf(text))

/** The API tells one kind of mistake at a time; a person is told all of them, and what may be meant. */
const withOwnErrors = (failure: Failure, values: Readonly<Record<"domain" | "timeZone", string>>): Failure => {
  if (failure.status !== 400) return failure
  const errors = failure.errors.filter(({ pointer }) => pointer !== "/timeZone" && pointer !== "/domain")
  const refused = (pointer: string) => failure.errors.some((error) => error.pointer === pointer)
  if (refused("/domain") || !isHost(values.domain)) errors.push({ pointer: "/domain", message: "Enter a domain such as example.com" })
  if (refused("/timeZone") || clockIn(values.timeZone, Date.now()) === undefined) {
    const likely = likelyZone(values.timeZone)
    errors.push({
      pointer: "/timeZone",
      message: likely ? `No such time zone. Did you mean ${likely}?` : "Enter a time zone such as Europe/Berlin",
    })
  }
  return { ...failure, errors }
}

export const actions: Actions = {
  default: async (event) => {
    const values = entered(await readForm(event.request), ["name", "domain", "timeZone"])
    const { name, domain, timeZone } = values
    const body = { name, timeZone, ...(domain === "" ? {} : { domain: hostOf(domain) }) }
    const project = await ask(event.locals.api.management.POST("/v1/projects", { body }))
    if (project.ok) redirect(303, `/${project.value.id}/install`)
    stillSignedIn(event, project.failure)
    return formFailure(withOwnErrors(project.failure, values), ["name", "domain", "timeZone"], values)
  },
}
