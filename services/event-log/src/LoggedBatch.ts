/** Whose events these are. The address is here and nowhere after: the worker turns it into a place and forgets it. */
export interface LoggedSender {
  /** Decimal digits. */
  readonly projectId: string
  /** UInt64 as decimal digits: the visitor on the UTC day of these events. */
  readonly visitorId: string
  /** The same visitor on the day before; absent when the id does not change by the day or nobody knows it any more. */
  readonly previousVisitorId?: string
  /** The same visitor on the day after, where a visit of these events may reach into it. */
  readonly nextVisitorId?: string
  /** Empty when unknown. */
  readonly ip: string
  readonly userAgent: string
  readonly language: string
}

/** An accepted event as it waits on the log. */
export interface LoggedEvent {
  /** UUID, lower case. */
  readonly id: string
  readonly kind: "pageview" | "event"
  /** Empty for page views. */
  readonly name: string
  /** When it happened, epoch milliseconds, corrected by ingest. */
  readonly at: number
  /** Empty when there is none. */
  readonly url: string
  readonly referrer: string
  readonly title: string
  readonly properties?: Readonly<Record<string, unknown>>
}

/** Events of one sender, received together. */
export interface LoggedGroup {
  readonly sender: LoggedSender
  /** When ingest received them, epoch milliseconds. */
  readonly receivedAt: number
  readonly events: ReadonlyArray<LoggedEvent>
}

/** What one entry of the event log holds: the groups that one ingest process collected for one partition. */
export interface LoggedBatch {
  readonly groups: ReadonlyArray<LoggedGroup>
}
