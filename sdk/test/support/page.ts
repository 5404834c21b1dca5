import { vi } from "vitest"

const network = globalThis.fetch
const pending = new Set<Promise<unknown>>()

/** Every request that the page has made is answered, and the page has acted on it. */
export const answered = async (): Promise<void> => {
  while (pending.size) await Promise.allSettled(pending)
  await new Promise((resolve) => setImmediate(resolve))
}

/** The listeners of a target, to be told of events by the test. */
const target = () => {
  const listeners = new Map<string, ((event: object) => void)[]>()
  return {
    addEventListener: (type: string, listener: (event: object) => void) =>
      void listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    emit: (type: string, event: object = {}) => listeners.get(type)?.forEach((listener) => listener(event)),
  }
}

/** localStorage as browsers have it, in memory. */
export const memoryStorage = (): Storage => {
  const entries: Record<string, string> = {}
  const methods = {
    getItem: (name: string) => entries[name] ?? null,
    setItem: (name: string, value: string) => void (entries[name] = value),
  }
  return new Proxy(entries, { get: (_, name) => methods[name as keyof typeof methods] ?? entries[name as string] }) as unknown as Storage
}

/**
 * As much of a page as the tracker touches, as globals (undo with `vi.unstubAllGlobals`). Beacons travel as real
 * requests; `beacons` is false for a browser that refuses them.
 */
export const openPage = ({
  url = "https://shop.example/",
  referrer = "",
  storage = memoryStorage(),
  beacons = true,
  stub = undefined as unknown,
  navigator = {} as Partial<Navigator>,
} = {}) => {
  const document = { ...target(), referrer, title: "Shop", prerendering: false }
  const window = { ...target(), location: new URL(url), footfall: stub }
  const move = (_state: unknown, _unused: string, to = "") => {
    window.location = new URL(to, window.location)
    vi.stubGlobal("location", window.location)
  }
  vi.stubGlobal("window", window)
  vi.stubGlobal("document", document)
  vi.stubGlobal("location", window.location)
  vi.stubGlobal("history", { pushState: move, replaceState: move })
  vi.stubGlobal("addEventListener", window.addEventListener)
  vi.stubGlobal("localStorage", storage)
  vi.stubGlobal("fetch", (...call: Parameters<typeof fetch>) => {
    const request = network(...call)
    pending.add(request)
    void request.catch(() => {}).finally(() => pending.delete(request))
    return request
  })
  const sendBeacon = (to: string, body: string) => beacons && !!fetch(to, { method: "POST", body, headers: { "x-beacon": "1" } })
  vi.stubGlobal("navigator", { sendBeacon, ...navigator })
  return { window, document, storage, emit: window.emit }
}

/** Storage that may not be touched, as with blocked cookies. */
export const blockedStorage = (): Storage => {
  const refuse = () => {
    throw new DOMException("The operation is insecure.", "SecurityError")
  }
  return new Proxy({} as Storage, { get: refuse, set: refuse, deleteProperty: refuse })
}
