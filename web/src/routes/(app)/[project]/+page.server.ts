import { asker } from "#lib/features/overview/ask.server.ts"
import { cardLimit, cards, isDimension, shownDimension } from "#lib/features/overview/dimensions.ts"
import { emptiness } from "#lib/features/overview/emptiness.server.ts"
import { questionKey, readQuestion } from "#lib/features/overview/question.ts"
import { stillSignedIn } from "#lib/server/must.ts"
import { soon } from "#lib/server/soon.ts"
import type { PageServerLoad } from "./$types"

/** How long a first page waits for its cards before they are streamed, in milliseconds. */
const patience = 600

/** Rows of the details that stand in the page itself; more come by script. */
const detailRows = 100

export const load: PageServerLoad = async (event) => {
  event.depends("footfall:stats")
  const { project } = await event.parent()
  const now = Date.now()
  const question = readQuestion(event.url.searchParams, project.timeZone, now)
  const about = asker(event.locals.api, project.id)

  // What only the page itself looks at is read untracked: choosing another tab or metric asks nothing here.
  const params = event.untrack(() => new URLSearchParams(event.url.search))
  const details = params.get("d") ?? ""
  const wait = event.isDataRequest ? Infinity : patience

  const asked = cards.map(async (card) => {
    const dimension = shownDimension(card, params.get(card.id))
    return [card.id, { dimension, at: now, ...(await soon(about.breakdown(question, dimension, cardLimit), wait)) }] as const
  })
  const [timeseries, online, rows, ...answered] = await Promise.all([
    about.timeseries(question),
    about.online(),
    isDimension(details) && !event.isDataRequest ? about.breakdown(question, details, detailRows) : undefined,
    ...asked,
  ])
  if (!timeseries.ok) event.untrack(() => stillSignedIn(event, timeseries.failure))

  return {
    now,
    question,
    key: questionKey(question),
    timeseries,
    online: online.ok ? online.value.visitors : null,
    cards: Object.fromEntries(answered),
    details: rows,
    emptiness: await emptiness(timeseries, question, about),
  }
}
