import type { Project } from "@footfall/sdk/api"
import { askAgain, askReport } from "#lib/report/report.server.ts"
import type { Facts } from "#lib/report/report.server.ts"
import type { Report } from "#lib/report/live/report.ts"
import type { Api } from "#lib/server/api.ts"
import { cards } from "./cards.ts"
import { emptiness } from "./emptiness.server.ts"
import type { Emptiness } from "./emptiness.server.ts"

/** The numbers of the overview, and why there are none where there are none. */
export interface Overview extends Report {
  readonly emptiness: Emptiness | undefined
}

const overviewOf = (report: Report, params: URLSearchParams): Overview => ({ ...report, emptiness: emptiness(report.timeseries, params) })

/** The overview that is opened. Cards that take longer than `patience` milliseconds follow later. */
export const askOverview = async (api: Api, { id, timeZone }: Project, params: URLSearchParams, patience: number): Promise<Overview> =>
  overviewOf(await askReport({ api, projectId: id, params, cards }, timeZone, patience), params)

/** The overview that is open, of a project that the page knows some facts of. */
export const refreshOverview = async (api: Api, projectId: string, params: URLSearchParams, known: Facts): Promise<Overview> =>
  overviewOf(await askAgain({ api, projectId, params, cards }, known), params)
