import { readCommandLine } from "../command-line.ts"
import { Unable } from "../unable.ts"

/** What the command line asks for. */
export interface DemoOptions {
  readonly days: number
  readonly events: number
  readonly again: boolean
  readonly live: boolean
  readonly help: boolean
}

export const usage = `npm run demo -- [options]

Fills a project "Demo: Acorn & Oak" of the running Footfall with believable traffic, then keeps sending live traffic until Ctrl-C.
A second run goes on with the same project.

  --again      make a new project and fill it, even when there is one
  --days N     how many days of past to make up, 1 to 400 (30)
  --events N   about how many events in all, 1 to 5,000,000 (40000)
  --no-live    stop when the past is filled
  --help       show this

FOOTFALL_EMAIL, FOOTFALL_PASSWORD   who to sign in as, when the owner of the instance exists already
FOOTFALL_SETUP_CODE   the set-up code, when it has none yet
FOOTFALL_INGEST_URL, FOOTFALL_QUERY_URL, FOOTFALL_WEB_URL   another instance than the one that "npm start" runs here`

const whole = (name: string, text: string | undefined, fallback: number, most: number): number => {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new Unable(`--${name} takes a whole number from 1 to ${most}, not "${text}".`)
  return value
}

/** Reads the command line; an unknown option or an impossible number is said in a sentence. */
export const readOptions = (args: ReadonlyArray<string>): DemoOptions => {
  const flag = { type: "boolean", default: false } as const
  const options = { again: flag, "no-live": flag, help: flag, days: { type: "string" }, events: { type: "string" } } as const
  const { values } = readCommandLine({ usage, options }, args)
  return {
    days: whole("days", values.days, 30, 400),
    events: whole("events", values.events, 40_000, 5_000_000),
    again: values.again,
    live: !values["no-live"],
    help: values.help,
  }
}
