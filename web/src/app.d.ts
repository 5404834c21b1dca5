import type { Api } from "#lib/server/api.ts"

declare global {
  namespace App {
    interface Locals {
      /** The session token of the person who asks, as the cookie holds it; nobody has verified it yet. */
      token: string | undefined
      api: Api
    }
  }
}
