/** One event of the demo as POST /v1/events takes it with a secret key. */
export interface DemoEvent {
  readonly kind: "pageview" | "event"
  readonly name?: string
  readonly id: string
  /** RFC 3339, UTC. */
  readonly timestamp: string
  readonly url: string
  readonly referrer?: string
  readonly title: string
  readonly properties?: Readonly<Record<string, string | number | boolean>>
  readonly context: { readonly ip: string; readonly userAgent: string; readonly language?: string; readonly visitorId?: string }
}

/** An event and when it happens, epoch milliseconds. */
export interface Happening {
  readonly at: number
  readonly event: DemoEvent
}
