import { history, type History } from "./history.ts"
import { Progress, spoken } from "./progress.ts"
import { sendAll, type Sender } from "./send.ts"
import type { DemoState } from "./state.ts"

const count = new Intl.NumberFormat("en-US")

/** Sends what is missing of the past, remembering through `save` how far it came, so that an interrupted run goes on where it stopped. */
export const fill = async (
  sender: Sender,
  state: DemoState,
  save: (state: DemoState) => void,
  say: (line: string) => void,
): Promise<History> => {
  const { seed, from, to, events, pace } = state
  say(pace === undefined ? "Making up the past …" : `Making up what happened since ${new Date(from).toLocaleString("en-GB")} …`)
  const past = history({ seed, from, to, much: pace === undefined ? { events } : { pace } })
  const { happenings, people, launchAt } = past
  const launch =
    launchAt === undefined || launchAt < from
      ? ""
      : ` A post on Hacker News brings a crowd on ${new Date(launchAt).toISOString().slice(0, 10)}.`
  say(`${count.format(happenings.length)} events of ${count.format(people.size)} people.${launch}`)
  const rest = happenings.slice(state.sent)
  const progress = new Progress(happenings.length, state.sent)
  const started = Date.now()
  let saved = started
  const waiting = {
    ...sender,
    onWait: (waits: boolean) => say(waits ? "\nThe server asks us to wait; trying again …" : "\nIt takes events again."),
  }
  const sent = await sendAll(waiting, rest, {
    inFlight: 4,
    onSent: (contiguous, { accepted, refused }) => {
      progress.update(state.sent + accepted + refused)
      if (Date.now() - saved < 500) return
      saved = Date.now()
      save({ ...state, sent: state.sent + contiguous })
    },
  })
  save({ ...state, sent: happenings.length, filled: true, pace: past.pace })
  const seconds = (Date.now() - started) / 1000
  progress.finish(
    `100 %  ${count.format(sent.accepted)} events accepted in ${spoken(seconds)} (${count.format(Math.round(rest.length / Math.max(seconds, 0.001)))} events/s)`,
  )
  if (sent.refused > 0) say(`${count.format(sent.refused)} events were refused.`)
  return past
}
