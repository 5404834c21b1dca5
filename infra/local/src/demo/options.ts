import { readCommandLine } from "../command-line.ts"
import { Unable } from "../unable.ts"

const DEFAULT_DAYS = 90
const DEFAULT_EVENTS = 120_000

/** What the command line asks for. */
export interface DemoOptions {
  readonly days: number
  readonly events: number
  readonly again: boolean
  readonly live: boolean
  readonly help: boolean
}

export const usage = `npm run demo -- [options]

Makes a project "Demo: Acorn & Oak" in the Footfall that "npm start" runs here, fills it with 90 days of believable traffic, and keeps
sending live traffic until Ctrl-C. The next run goes on with the same project and fills the time in between.

  --again      make a new project, even when there is one
  --days N     how many days before today to fill, 1 to 400 (90)
  --events N   about how many events in all, 1 to 5,000,000 (${DEFAULT_EVENTS})
  --no-live    stop when the past is filled
  --help       show this

For a Footfall elsewhere:

  FOOTFALL_INGEST_URL, FOOTFALL_QUERY_URL, FOOTFALL_WEB_URL   where it is
  FOOTFALL_EMAIL, FOOTFALL_PASSWORD                           one of its users; you are asked when they are not set`

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
    days: whole("days", values.days, DEFAULT_DAYS, 400),
    events: whole("events", values.events, DEFAULT_EVENTS, 5_000_000),
    again: values.again,
    live: !values["no-live"],
    help: values.help,
  }
}
