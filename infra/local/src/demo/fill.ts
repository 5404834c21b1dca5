import { history } from "./history.ts"
import type { Population } from "./people.ts"
import { Progress, spoken } from "./progress.ts"
import { sendAll, type Sender } from "./send.ts"
import type { DemoState } from "./state.ts"

/** Sends what is missing of the past, remembering through `save` how far it came, so that an interrupted run goes on where it stopped. */
export const fill = async (
  sender: Sender,
  state: DemoState,
  save: (state: DemoState) => void,
  say: (line: string) => void,
): Promise<Population> => {
  say(`Making up ${state.days} ${state.days === 1 ? "day" : "days"} of traffic …`)
  const { happenings, launchAt, people } = history(state)
  const rest = happenings.slice(state.sent)
  say(
    `${happenings.length} events of ${people.size} people; a launch post brings a crowd on ${new Date(launchAt).toISOString().slice(0, 10)}.`,
  )
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
  save({ ...state, sent: happenings.length, filled: true })
  const seconds = (Date.now() - started) / 1000
  progress.finish(
    `100 %  ${sent.accepted} events accepted in ${spoken(seconds)} (${Math.round(rest.length / Math.max(seconds, 0.001))} events/s)`,
  )
  if (sent.refused > 0) say(`${sent.refused} events were refused.`)
  return people
}
