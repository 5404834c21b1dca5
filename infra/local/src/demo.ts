import { randomInt } from "node:crypto"
import { join } from "node:path"
import { stateFolder } from "./checkout.ts"
import { fill } from "./demo/fill.ts"
import { runningInstance, type Instance } from "./demo/instance.ts"
import { Management } from "./demo/management.ts"
import { readOptions, usage, type DemoOptions } from "./demo/options.ts"
import { Population } from "./demo/people.ts"
import { Random } from "./demo/random.ts"
import { signIn } from "./demo/sign-in.ts"
import { readState, writeState, type Credentials, type DemoState } from "./demo/state.ts"
import { trickle } from "./demo/trickle.ts"
import { onStopSignal } from "./stop-signals.ts"
import { Unable } from "./unable.ts"

const folder = stateFolder()
const stateFile = join(folder, "demo.json")
const say = (line: string) => process.stdout.write(`${line}\n`)

const newProject = async (instance: Instance, options: DemoOptions, remembered: Credentials | undefined): Promise<DemoState> => {
  const management = new Management(instance.queryUrl)
  const owner = await signIn(management, instance.setupCode, remembered, say)
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const project = await management.createProject({ name: "Demo: Acorn & Oak", domain: "www.acornandoak.example", timeZone })
  const secretKey = await management.createSendingKey(project.id)
  await management.signOut()
  return {
    queryUrl: instance.queryUrl,
    projectId: project.id,
    writeKey: project.writeKey,
    secretKey,
    ...(owner === undefined ? {} : { owner }),
    seed: randomInt(1, 2 ** 31),
    to: Date.now(),
    days: options.days,
    events: options.events,
    sent: 0,
    filled: false,
  }
}

/** The project of an earlier run when this instance has it, at whatever address it answers now; else a new one. */
const projectFor = async (instance: Instance, options: DemoOptions): Promise<DemoState> => {
  const earlier = readState(stateFile)
  if (earlier === undefined) return newProject(instance, options, undefined)
  const known = await new Management(instance.queryUrl).knows(earlier.projectId, earlier.secretKey)
  if (known && !options.again) {
    say(
      earlier.filled
        ? 'Going on with the project of the last run ("--again" makes a new one).'
        : "Going on where the last run was interrupted.",
    )
    return { ...earlier, queryUrl: instance.queryUrl }
  }
  // The owner's password is told to the instance that he is of, and to no other.
  return newProject(instance, options, known || earlier.queryUrl === instance.queryUrl ? earlier.owner : undefined)
}

const main = async (signal: AbortSignal): Promise<void> => {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    say(usage)
    return
  }
  const instance = await runningInstance(folder)
  const state = await projectFor(instance, options)
  writeState(stateFile, state)
  const sender = { ingestUrl: instance.ingestUrl, secretKey: state.secretKey, signal }
  const liveSeed = randomInt(1, 2 ** 31)
  const people = state.filled
    ? new Population(`live-${liveSeed.toString(36)}`, new Random(liveSeed))
    : await fill(sender, state, (next) => writeState(stateFile, next), say)
  say(`\nDashboard: ${instance.webUrl}/${state.projectId}\n`)
  if (!options.live) return
  say("Live traffic is on: about one event every two seconds, until Ctrl-C.")
  const sent = await trickle(sender, people, new Random(liveSeed), say)
  say(`\n${sent} live events sent. Run "npm run demo" again to go on.`)
}

const stopping = new AbortController()
onStopSignal(() => stopping.abort())
try {
  await main(stopping.signal)
} catch (cause) {
  if (stopping.signal.aborted) {
    say('\nInterrupted; "npm run demo" goes on from here.')
    process.exitCode = 130
  } else if (cause instanceof Unable) {
    process.stderr.write(`\n${cause.message}\n`)
    process.exitCode = 1
  } else throw cause
}
