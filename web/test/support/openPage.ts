import { flushSync } from "svelte"
import { vi } from "vitest"

interface Asked {
  readonly path: string
  readonly params: URLSearchParams
  /** Whether the page has hung up. */
  readonly abandoned: boolean
  answer(body: unknown, status?: number, headers?: Readonly<Record<string, string>>): Promise<void>
}

/**
 * As much of an open page as our own code touches: a document that can be seen, a server that answers when the test says so, and a clock
 * that the test moves. `run` is what the page does; what it returns is given back.
 */
export const openPage = <T>(run: () => T) => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 12) })
  const page = new EventTarget()
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" })
  vi.stubGlobal("document", document)
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page))
  let waiting: Array<Asked> = []
  vi.stubGlobal("fetch", (address: string, { signal }: { readonly signal?: AbortSignal } = {}) => {
    const url = new URL(address, "http://dashboard")
    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason))
      waiting.push({
        path: url.pathname,
        params: url.searchParams,
        get abandoned() {
          return signal?.aborted ?? false
        },
        answer: async (body, status = 200, headers = {}) => {
          resolve(new Response(JSON.stringify(body), { status, headers }))
          await settle()
        },
      })
    })
  })

  /** Lets promises and effects do what they can do now. */
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    flushSync()
  }

  const result = run()
  flushSync()
  return {
    result,
    settle,
    /** The questions that came since this was last asked. */
    asked: (): ReadonlyArray<Asked> => {
      const all = waiting
      waiting = []
      return all
    },
    /** Moves the clock. */
    pass: async (millis: number) => {
      await vi.advanceTimersByTimeAsync(millis)
      await settle()
    },
    look: async (visibilityState: "visible" | "hidden") => {
      document.visibilityState = visibilityState
      document.dispatchEvent(new Event("visibilitychange"))
      await settle()
    },
  }
}

/** Ends what {@link openPage} began; for `afterEach`. */
export const closePage = (): void => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
}
