import type { LoggedEvent } from "@footfall/event-log/LoggedBatch"
import { botSignalOf } from "../domain/Bot.ts"
import { deviceOf, type Device } from "../domain/Device.ts"
import type { Geo, Place } from "../domain/Geo.ts"
import { languageOf } from "../domain/Language.ts"
import { pageOf, type Page } from "../domain/Page.ts"
import { remembering } from "../domain/Recent.ts"
import type { Arrived } from "./decode.ts"

/** What the sender's headers tell. */
export interface Client {
  readonly device: Device
  /** Empty for people. */
  readonly botSignal: string
}

/** An event with all that can be known without looking at other events. From here on there is no address. */
export interface Enriched {
  readonly projectId: string
  readonly visitorId: string
  readonly previousVisitorId: string | undefined
  readonly nextVisitorId: string | undefined
  readonly receivedAt: number
  readonly event: LoggedEvent
  readonly entry: string
  readonly page: Page
  readonly place: Place
  readonly client: Client
  readonly language: string
}

const REMEMBERED_AGENTS = 10_000

const clientOf = remembering<Client>(REMEMBERED_AGENTS, (userAgent) => ({ device: deviceOf(userAgent), botSignal: botSignalOf(userAgent) }))
const language = remembering(1_000, languageOf)

/** Adds device, bot signal, place and the parts of the address. */
export const enrich = (arrived: ReadonlyArray<Arrived>, geo: Geo["Service"]): ReadonlyArray<Enriched> =>
  arrived.map(({ sender, receivedAt, event, entry }) => ({
    projectId: sender.projectId,
    visitorId: sender.visitorId,
    previousVisitorId: sender.previousVisitorId,
    nextVisitorId: sender.nextVisitorId,
    receivedAt,
    event,
    entry,
    page: pageOf(event.url),
    place: geo.locate(sender.ip),
    client: clientOf(sender.userAgent),
    language: language(sender.language),
  }))
