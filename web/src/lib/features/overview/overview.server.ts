import type { Project } from "@footfall/sdk/api"
import type { Api } from "#lib/server/api.ts"
import { dayIn } from "#lib/format/days.ts"
import { soon } from "#lib/server/soon.ts"
import { asker } from "./ask.server.ts"
import { cards, shownDimension } from "./dimensions.ts"
import type { CardSpec } from "./dimensions.ts"
import { emptiness } from "./emptiness.server.ts"
import type { Loaded, Overview } from "./overview.ts"
import { addressOf } from "./question.ts"

/** Asks for everything that the overview shows at once. Cards that take longer than `patience` milliseconds follow later. */
export const askOverview = async (api: Api, project: Project, params: URLSearchParams, patience: number): Promise<Overview> => {
  const now = Date.now()
  const about = asker(api, project.id)
  const question = await about.question(params, project.timeZone, now)
  const rowsOf = async (card: CardSpec): Promise<readonly [CardSpec["id"], Loaded]> => {
    const dimension = shownDimension(card, params.get(card.id))
    return [card.id, { dimension, ...(await soon(about.card(question, dimension), patience)) }]
  }
  const [timeseries, online, ...rows] = await Promise.all([about.timeseries(question), about.online(), ...cards.map(rowsOf)])
  return {
    address: addressOf(params),
    now,
    timeseries,
    online: online.ok ? online.value.visitors : null,
    latestArrival: online.ok ? online.value.latestArrival : null,
    firstDay:
      timeseries.ok && timeseries.value.firstEventAt !== null
        ? dayIn(project.timeZone, Date.parse(timeseries.value.firstEventAt))
        : undefined,
    cards: Object.fromEntries(rows) as Overview["cards"],
    emptiness: emptiness(timeseries, question),
  }
}
