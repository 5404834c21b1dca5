import type { LoggedEvent, LoggedSender } from "@footfall/event-log/LoggedBatch"
import { botSignalOf } from "../domain/Bot.ts"
import { deviceOf, type Device } from "../domain/Device.ts"
import type { Geo, Place } from "../domain/Geo.ts"
import { languageOf } from "../domain/Language.ts"
import { pageOf, type Page } from "../domain/Page.ts"
import { Recent, remembering } from "../domain/Recent.ts"
import type { Arrived } from "./decode.ts"

/** What the sender's headers, and the page, tell. */
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

/** Agents, each with its client hints: at most 2 kB of text for one, so 40 MB if somebody makes them up; 0.3 kB for what browsers send. */
const REMEMBERED_AGENTS = 10_000

const known = new Recent<Client>(REMEMBERED_AGENTS)

const clientOf = ({ userAgent, client }: LoggedSender): Client => {
  const key = client === undefined ? userAgent : `${JSON.stringify(client)}${userAgent}`
  const found = known.get(key)
  if (found !== undefined) return found
  const made = { device: deviceOf(userAgent, client), botSignal: botSignalOf(userAgent, client) }
  known.set(key, made)
  return made
}

/** Events of a group have one sender, and come one after the other. */
const clients = (): ((sender: LoggedSender) => Client) => {
  let last: { readonly sender: LoggedSender; readonly client: Client } | undefined
  return (sender) => (last = last?.sender === sender ? last : { sender, client: clientOf(sender) }).client
}

const language = remembering(1_000, languageOf)

/** Adds device, bot signal, place and the parts of the address. */
export const enrich = (arrived: ReadonlyArray<Arrived>, geo: Geo["Service"]): ReadonlyArray<Enriched> => {
  const client = clients()
  return arrived.map(({ sender, receivedAt, event, entry }) => ({
    projectId: sender.projectId,
    visitorId: sender.visitorId,
    previousVisitorId: sender.previousVisitorId,
    nextVisitorId: sender.nextVisitorId,
    receivedAt,
    event,
    entry,
    page: pageOf(event.url, sender.keptParameters),
    place: geo.locate(sender.ip),
    client: client(sender),
    language: language(sender.language),
  }))
}
