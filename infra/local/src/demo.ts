import { randomInt } from "node:crypto"
import { join } from "node:path"
import { stateFolder } from "./checkout.ts"
import { untilCounted } from "./demo/counted.ts"
import { fill } from "./demo/fill.ts"
import { runningInstance, type Instance } from "./demo/instance.ts"
import { Management } from "./demo/management.ts"
import { readOptions, usage } from "./demo/options.ts"
import { projectFor } from "./demo/project.ts"
import { writeState, type DemoState } from "./demo/state.ts"
import { trickle } from "./demo/trickle.ts"
import { onStopSignal } from "./stop-signals.ts"
import { Unable } from "./unable.ts"

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Where to look, and what to do first while the instance has no owner. */
const whereToLook = async ({ webUrl, queryUrl, here }: Instance, projectId: string): Promise<string> => {
  const dashboard = `Dashboard: ${webUrl}/${projectId}`
  if (here === undefined || !(await new Management(queryUrl).setupNeeded())) return `\n${dashboard}\n`
  return `\n${dashboard}\nThis Footfall has no owner yet. Create the owner account first: ${webUrl}/setup#code=${here.setupCode}\n`
}

const main = async (signal: AbortSignal): Promise<void> => {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    say(usage)
    return
  }
  const folder = stateFolder()
  const stateFile = join(folder, "demo.json")
  const instance = await runningInstance(folder)
  let state = await projectFor(instance, options, stateFile, say)
  const save = (next: DemoState) => writeState(stateFile, (state = next))
  save(state)
  const sender = { ingestUrl: instance.ingestUrl, secretKey: state.secretKey, signal }
  const past = await fill(sender, state, save, say)
  const { queryUrl, projectId, secretKey } = state
  say("Waiting until all of them are counted …")
  if (!(await untilCounted({ queryUrl, projectId, secretKey, signal }, past, state.from, state.to)))
    say("Not all of them are counted yet; the dashboard will show them as they are.")
  say(await whereToLook(instance, state.projectId))
  if (!options.live) return
  say("Live traffic goes on at the pace of the hour. Ctrl-C to stop.")
  const sent = await trickle(sender, { ...past, to: state.to }, randomInt(1, 2 ** 31), say, (liveUntil) => save({ ...state, liveUntil }))
  say(`\n${sent} live events sent. Run "npm run demo" again to continue.`)
}

const stopping = new AbortController()
onStopSignal(() => stopping.abort())
try {
  await main(stopping.signal)
} catch (cause) {
  if (stopping.signal.aborted) {
    say('\nInterrupted. Run "npm run demo" again to continue.')
    process.exitCode = 130
  } else if (cause instanceof Unable) {
    process.stderr.write(`\n${cause.message}\n`)
    process.exitCode = 1
  } else throw cause
}
