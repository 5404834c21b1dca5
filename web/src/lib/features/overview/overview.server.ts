import type { Project } from "@footfall/sdk/api"
import type { Api } from "#lib/server/api.ts"
import { soon } from "#lib/server/soon.ts"
import { asker } from "./ask.server.ts"
import { cardLimit, cards, shownDimension } from "./dimensions.ts"
import type { CardSpec } from "./dimensions.ts"
import { emptiness } from "./emptiness.server.ts"
import type { Loaded, Overview } from "./overview.ts"
import { addressOf, readQuestion } from "./question.ts"

/** Asks for everything that the overview shows at once. Cards that take longer than `patience` milliseconds follow later. */
export const askOverview = async (api: Api, project: Project, params: URLSearchParams, patience: number): Promise<Overview> => {
  const now = Date.now()
  const question = readQuestion(params, project.timeZone, now)
  const about = asker(api, project.id)
  const rowsOf = async (card: CardSpec): Promise<readonly [CardSpec["id"], Loaded]> => {
    const dimension = shownDimension(card, params.get(card.id))
    return [card.id, { dimension, ...(await soon(about.breakdown(question, dimension, cardLimit), patience)) }]
  }
  const [timeseries, online, ...rows] = await Promise.all([about.timeseries(question), about.online(), ...cards.map(rowsOf)])
  return {
    address: addressOf(params),
    now,
    timeseries,
    online: online.ok ? online.value.visitors : null,
    cards: Object.fromEntries(rows) as Overview["cards"],
    emptiness: await emptiness(timeseries, question, about),
  }
}
