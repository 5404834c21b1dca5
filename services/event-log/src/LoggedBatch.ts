/** What a client tells of itself beside its user agent; what it does not tell is absent. Client hints are as the headers carried them. */
export interface LoggedClient {
  /** Sec-CH-UA. */
  readonly brands?: string
  readonly mobile?: string
  readonly platform?: string
  readonly platformVersion?: string
  readonly model?: string
  readonly formFactors?: string
  /** Its screen tells more than one finger apart. */
  readonly multiTouch?: true
  /** A program drives it. */
  readonly automated?: true
}

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
  /** Absent when it tells nothing. Never part of the visitor's id: it may differ from one request of a browser to the next. */
  readonly client?: LoggedClient
  /** Parameters of addresses that the project stores besides those stored for all; absent when there are none. */
  readonly keptParameters?: ReadonlyArray<string>
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
