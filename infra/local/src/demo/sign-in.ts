import { randomBytes } from "node:crypto"
import { createInterface } from "node:readline/promises"
import { Writable } from "node:stream"
import { Refused, type Management } from "./management.ts"
import type { Credentials } from "./state.ts"
import { Unable } from "../unable.ts"

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

const asked = async (): Promise<Credentials> => {
  if (!process.stdin.isTTY) throw new Unable(`The instance has its owner already: ${howTo}.`)
  return { email: await ask("E-mail of a user of this Footfall: ", false), password: await ask("Password: ", true) }
}

/**
 * Signs in. A fresh instance gets its owner, who is returned so that he can be remembered; otherwise the user named by the
 * environment, the remembered owner or whoever is at the terminal.
 */
export const signIn = async (
  management: Management,
  setupCode: string | undefined,
  remembered: Credentials | undefined,
  say: (line: string) => void,
): Promise<Credentials | undefined> => {
  if (await management.setupNeeded()) {
    if (setupCode === undefined) throw new Unable("The instance is new: set FOOTFALL_SETUP_CODE to its set-up code and run the demo again.")
    const owner = { email: "demo@example.com", password: randomBytes(15).toString("base64url") }
    await management.createOwner({ setupCode, name: "Demo", ...owner })
    say(
      `This Footfall is new, so the demo has created its owner. Sign in to the dashboard with\n\n    e-mail    ${owner.email}\n    password  ${owner.password}\n`,
    )
    return owner
  }
  const { FOOTFALL_EMAIL: email, FOOTFALL_PASSWORD: password } = process.env
  const credentials = email !== undefined && password !== undefined ? { email, password } : (remembered ?? (await asked()))
  try {
    await management.signIn(credentials)
  } catch (cause) {
    if (cause instanceof Refused && cause.status === 401)
      throw new Unable(`E-mail or password of ${credentials.email} are wrong: ${howTo}.`)
    throw cause
  }
  return remembered
}
