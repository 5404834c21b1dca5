import { randomInt } from "node:crypto"
import { join } from "node:path"
import { root } from "../checkout.ts"
import { mustRun } from "../command.ts"
import { messageOf, Unable } from "../unable.ts"
import type { Instance } from "./instance.ts"
import { Management } from "./management.ts"
import { dayBegin } from "./midnight.ts"
import type { DemoOptions } from "./options.ts"
import { signIn } from "./sign-in.ts"
import { LAYOUT, readState, type DemoState } from "./state.ts"

const project = { name: "Demo: Acorn & Oak", domain: "www.acornandoak.example" }
/** It sends, and asks how much has been counted. */
const key = { name: "npm run demo", scopes: ["events:write", "stats:read"] }

interface Made {
  readonly id: string
  readonly writeKey: string
  readonly secretKey: string
}

/** Makes the project in the Postgres of this machine's instance, which needs no account: its URL is the operator's. */
const makeHere = async (databaseUrl: string, timeZone: string): Promise<Made> => {
  const asked = JSON.stringify({ ...project, timeZone, key })
  const environment = { DATABASE_URL: databaseUrl, DATABASE_URL_FILE: undefined }
  try {
    return JSON.parse(
      await mustRun("Making the demo project", process.execPath, [join(root, "services/query/src/newProject.ts"), asked], environment),
    )
  } catch (cause) {
    throw new Unable(messageOf(cause))
  }
}

/** Makes the project through the API, as a user of that instance. */
const makeThere = async (queryUrl: string, timeZone: string): Promise<Made> => {
  const management = new Management(queryUrl)
  await signIn(management)
  const made = await management.createProject({ ...project, timeZone })
  const secretKey = await management.createSecretKey(made.id, key)
  await management.signOut()
  return { id: made.id, writeKey: made.writeKey, secretKey }
}

const newProject = async ({ queryUrl, here }: Instance, { days, events }: DemoOptions): Promise<DemoState> => {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC"
  const { id, writeKey, secretKey } = await (here === undefined ? makeThere(queryUrl, timeZone) : makeHere(here.databaseUrl, timeZone))
  const to = Date.now()
  const seed = randomInt(1, 2 ** 31)
  const from = dayBegin(to, days, timeZone)
  return { layout: LAYOUT, queryUrl, projectId: id, writeKey, secretKey, seed, from, to, sent: 0, filled: false, events }
}

/** The project of an earlier run when this instance has it, at whatever address it answers now; else a new one. */
export const projectFor = async (
  instance: Instance,
  options: DemoOptions,
  stateFile: string,
  say: (line: string) => void,
): Promise<DemoState> => {
  const earlier = readState(stateFile)
  if (earlier === undefined || options.again) return newProject(instance, options)
  const { queryUrl } = instance
  if (!(await new Management(queryUrl).knows(earlier.projectId, earlier.secretKey))) return newProject(instance, options)
  if (!earlier.filled) {
    say("The last run was interrupted. This one continues it.")
    return { ...earlier, queryUrl }
  }
  say("Continuing the project of the last run. To make a new one: npm run demo -- --again")
  const { liveUntil: _, ...kept } = earlier
  const now = Date.now()
  return {
    ...kept,
    queryUrl,
    seed: randomInt(1, 2 ** 31),
    from: Math.min(earlier.liveUntil ?? earlier.to, now),
    to: now,
    sent: 0,
    filled: false,
  }
}
