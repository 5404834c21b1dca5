import type { Breakdown } from "@footfall/sdk/api"
import { dayIn } from "#lib/format/days.ts"
import type { Day } from "#lib/format/days.ts"
import type { Api } from "#lib/server/api.ts"
import type { Answer } from "#lib/server/answer.ts"
import { soon } from "#lib/server/soon.ts"
import { askCard, asker, askOnline, askTimeseries } from "./ask.server.ts"
import { shownDimension } from "./cards/spec.ts"
import type { CardSpec } from "./cards/spec.ts"
import type { Loaded, Report } from "./live/report.ts"
import { addressOf, needsFirstDay, readQuestion } from "./question/question.ts"
import type { Question } from "./question/question.ts"

/** What of a project decides what an address asks. */
export interface Facts {
  readonly timeZone: string
  /** The day of its first event, where it is known. */
  readonly firstDay: Day | undefined
}

interface Page {
  readonly api: Api
  readonly projectId: string
  readonly params: URLSearchParams
  readonly cards: ReadonlyArray<CardSpec>
}

const reportOf = (
  { params, cards }: Page,
  now: number,
  numbers: readonly [Report["timeseries"], Answer<{ readonly visitors: number; readonly latestArrival: string | null }>],
  rows: ReadonlyArray<Loaded>,
): Report => {
  const [timeseries, online] = numbers
  const firstEventAt = timeseries.ok ? timeseries.value.firstEventAt : null
  return {
    address: addressOf(params),
    now,
    timeseries,
    online: online.ok ? online.value.visitors : null,
    latestArrival: online.ok ? online.value.latestArrival : null,
    firstDay: timeseries.ok && firstEventAt !== null ? dayIn(timeseries.value.timeZone, Date.parse(firstEventAt)) : undefined,
    cards: Object.fromEntries(cards.map(({ id }, place) => [id, rows[place]!])),
  }
}

/** What each card shows for this address. */
const dimensionsOf = ({ params, cards }: Page) => cards.map((card) => shownDimension(card, params.get(card.id)))

/** All numbers of a page in one request. */
const askAtOnce = async (page: Page, question: Question, now: number): Promise<Report> => {
  const dimensions = dimensionsOf(page)
  const asks = dimensions.map((dimension) => askCard(question, dimension))
  const [timeseries, online, ...rows] = await asker(page.api, page.projectId).several(askTimeseries(question), askOnline, ...asks)
  return reportOf(
    page,
    now,
    [timeseries, online],
    rows.map((answer, place) => ({ dimension: dimensions[place]!, answer })),
  )
}

/** All numbers of a page that is opened. Cards that take longer than `patience` milliseconds follow later, all together. */
export const askReport = async (page: Page, timeZone: string, patience: number): Promise<Report> => {
  const now = Date.now()
  const about = asker(page.api, page.projectId)
  const question = await about.question(page.params, timeZone, now)
  if (patience === Infinity) return askAtOnce(page, question, now)
  const dimensions = dimensionsOf(page)
  const later = about.several(...dimensions.map((dimension) => askCard(question, dimension)))
  const rows = dimensions.map(async (dimension, place): Promise<Loaded> => {
    const answer = later.then((answers): Answer<Breakdown> => answers[place]!)
    return { dimension, ...(await soon(answer, patience)) }
  })
  const [numbers, loaded] = await Promise.all([about.several(askTimeseries(question), askOnline), Promise.all(rows)])
  return reportOf(page, now, numbers, loaded)
}

/**
 * All numbers of a page that is open, in one request where the page still knows the project right; its answer says whether it does. When
 * the project's time zone has changed, or its first event, they are asked for again as they are now.
 */
export const askAgain = async (page: Page, known: Facts): Promise<Report> => {
  const now = Date.now()
  const question = readQuestion(page.params, known.timeZone, now, known.firstDay)
  const report = await askAtOnce(page, question, now)
  if (!report.timeseries.ok) return report
  const { timeZone } = report.timeseries.value
  const stillTrue = timeZone === known.timeZone && (!needsFirstDay(page.params) || report.firstDay === known.firstDay)
  return stillTrue ? report : askAtOnce(page, readQuestion(page.params, timeZone, now, report.firstDay), now)
}
