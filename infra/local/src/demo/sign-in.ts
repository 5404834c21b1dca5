import { createInterface } from "node:readline/promises"
import { Writable } from "node:stream"
import { Refused, type Management } from "./management.ts"
import { Unable } from "../unable.ts"

interface Credentials {
  readonly email: string
  readonly password: string
}

const howTo = "set FOOTFALL_EMAIL and FOOTFALL_PASSWORD to a user of this instance and run the demo again"

/** Asks on the terminal; what is typed as a secret is not shown. */
const ask = async (question: string, secret: boolean): Promise<string> => {
  let quiet = false
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      if (!quiet) process.stdout.write(chunk)
      done()
    },
  })
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  try {
    const answer = terminal.question(question)
    quiet = secret
    return await answer
  } finally {
    terminal.close()
    if (secret) process.stdout.write("\n")
  }
}

const credentials = async (env: NodeJS.ProcessEnv): Promise<Credentials> => {
  const { FOOTFALL_EMAIL: email, FOOTFALL_PASSWORD: password } = env
  if (email !== undefined && password !== undefined) return { email, password }
  if (!process.stdin.isTTY) throw new Unable(`The demo needs an account there: ${howTo}.`)
  return { email: await ask("Email of a user of that Footfall: ", false), password: await ask("Password: ", true) }
}

/** Signs in as the user that the environment names, or as the one who is at the terminal. */
export const signIn = async (management: Management, env: NodeJS.ProcessEnv = process.env): Promise<void> => {
  if (await management.setupNeeded())
    throw new Unable("That Footfall has no owner yet. Create the owner account in its dashboard, then run the demo again.")
  const user = await credentials(env)
  try {
    await management.signIn(user)
  } catch (cause) {
    if (cause instanceof Refused && cause.status === 401) throw new Unable(`Wrong email or password for ${user.email}: ${howTo}.`)
    throw cause
  }
}
