import { Unable } from "../unable.ts"

/** An answer of the API that was not what we asked for. */
export class Refused extends Unable {
  readonly status: number

  constructor(status: number, what: string, detail: string) {
    super(`${what} failed with status ${status}: ${detail}`)
    this.status = status
  }
}

/** The few calls of the management API that the demo needs. */
export class Management {
  readonly #url: string
  #token: string | undefined

  constructor(queryUrl: string) {
    this.#url = queryUrl
  }

  /** Whether the instance has no owner yet. */
  async setupNeeded(): Promise<boolean> {
    const { needed } = await this.#call<{ needed: boolean }>("Asking for the state of the instance", "GET", "/v1/setup")
    return needed
  }

  /** Goes on as this user. Throws Refused 401 when e-mail and password do not fit. */
  async signIn(credentials: { readonly email: string; readonly password: string }): Promise<void> {
    this.#token = (await this.#call<{ token: string }>("Signing in", "POST", "/v1/sessions", credentials)).token
  }

  createProject(project: {
    readonly name: string
    readonly domain: string
    readonly timeZone: string
  }): Promise<{ readonly id: string; readonly writeKey: string }> {
    return this.#call("Creating the project", "POST", "/v1/projects", project)
  }

  async createSecretKey(projectId: string, key: { readonly name: string; readonly scopes: ReadonlyArray<string> }): Promise<string> {
    const path = `/v1/projects/${projectId}/secret-keys`
    return (await this.#call<{ secret: string }>("Creating a secret key", "POST", path, key)).secret
  }

  /** Whether the instance knows this project by this secret key. A key that may not read projects is known when that is forbidden. */
  async knows(projectId: string, secretKey: string): Promise<boolean> {
    try {
      await this.#call("Asking for the project", "GET", `/v1/projects/${projectId}`, undefined, secretKey)
      return true
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause
      if (cause.status === 403) return true
      if (cause.status === 401 || cause.status === 404) return false
      throw cause
    }
  }

  /** Ends the session. */
  async signOut(): Promise<void> {
    await this.#call("Signing out", "DELETE", "/v1/sessions/current")
    this.#token = undefined
  }

  async #call<A>(what: string, method: string, path: string, body?: unknown, token = this.#token): Promise<A> {
    const headers = {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    }
    const answer = await fetch(`${this.#url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const text = await answer.text()
    if (!answer.ok) throw new Refused(answer.status, what, text.slice(0, 500))
    return text === "" ? (undefined as A) : JSON.parse(text)
  }
}
