import { Context, type Effect, Schema } from "effect"
import type { Dimension } from "./dimensions.ts"
import type { Filter } from "./Filter.ts"
import type { Millis } from "./TimeZone.ts"

/** The warehouse cannot answer now; asking again later is worth it. */
export class WarehouseUnavailable extends Schema.TaggedError<WarehouseUnavailable>()("WarehouseUnavailable", { cause: Schema.Defect() }) {}

/** What an answer cost: rows and bytes that the warehouse read, milliseconds that it worked, over all statements. */
export interface Cost {
  readonly rows: number
  readonly bytes: number
  readonly elapsedMs: number
}

/** The events of a project that a question is about. */
export interface Slice {
  readonly projectId: string
  readonly from: Millis
  readonly to: Millis
  readonly filter: Filter
}

/** Sums from which all metrics follow; each is defined in the contract. */
export interface Sums {
  readonly visitors: number
  readonly pageviews: number
  readonly visits: number
  /** Visits with exactly one pageview and no custom event. */
  readonly bounces: number
  /** Of all those visits together. */
  readonly durationMs: number
}

export interface Series {
  /** By the start of the bucket; absent where nothing happened. */
  readonly buckets: ReadonlyMap<Millis, Sums>
  readonly totals: Sums
  readonly cost: Cost
}

/** What one value of a dimension counts. */
export interface ValueCounts {
  readonly visitors: number
  readonly visits: number
  readonly pageviews: number
  readonly events: number
}

export interface ValueRow extends Omit<ValueCounts, "visits"> {
  readonly value: string
  /** The warehouse's hash of the value, by which it can be asked about again in few bytes. */
  readonly hash: string
}

export interface ValuePage {
  /** Most visitors first, ties by value. */
  readonly rows: ReadonlyArray<ValueRow>
  readonly totalVisitors: number
  readonly totalRows: number
  readonly cost: Cost
}

/** Values of a dimension, named by their hashes. */
export interface ValueSlice extends Slice {
  readonly dimension: Dimension
  readonly hashes: ReadonlyArray<string>
}

export interface EarliestEvent {
  readonly kind: "pageview" | "event"
  readonly name: string
  readonly at: Millis
  readonly page: string
  readonly country: string
  readonly browser: string
  readonly os: string
  readonly device: string
}

/** Events that were set aside as those of bots. */
export interface BotEvents {
  readonly events: number
  readonly latest: Millis | undefined
  /** What gave the newest one away; empty when there is none. */
  readonly signal: string
}

/** The numbers of the warehouse. Every answer is exact. */
export class Statistics extends Context.Service<
  Statistics,
  {
    /** Sums per bucket over [from, to), and totals over [from, totalsTo). `starts` are the ascending starts of the buckets. */
    series(
      slice: Slice & { readonly totalsTo: Millis; readonly starts: ReadonlyArray<Millis> },
    ): Effect.Effect<Series, WarehouseUnavailable>
    /** A page of the values of a dimension among matching events. */
    values(
      slice: Slice & { readonly dimension: Dimension; readonly limit: number; readonly offset: number },
    ): Effect.Effect<ValuePage, WarehouseUnavailable>
    /** Visits that contain a matching event with the value, by value. */
    visitsOf(slice: ValueSlice): Effect.Effect<{ readonly visits: ReadonlyMap<string, number>; readonly cost: Cost }, WarehouseUnavailable>
    /** All counts of some values, by value; values that count nothing are absent. */
    countsOf(
      slice: ValueSlice,
    ): Effect.Effect<{ readonly counts: ReadonlyMap<string, ValueCounts>; readonly cost: Cost }, WarehouseUnavailable>
    /** Persons with an event in [from, to), and when the newest of these events arrived. */
    online(slice: {
      readonly projectId: string
      readonly from: Millis
      readonly to: Millis
    }): Effect.Effect<{ readonly visitors: number; readonly latest: Millis | undefined; readonly cost: Cost }, WarehouseUnavailable>
    firstEvent(projectId: string): Effect.Effect<EarliestEvent | undefined, WarehouseUnavailable>
    /** The time of the newest event, and the events of bots in [from, to). */
    tracking(slice: {
      readonly projectId: string
      readonly from: Millis
      readonly to: Millis
    }): Effect.Effect<{ readonly latest: Millis | undefined; readonly bots: BotEvents; readonly cost: Cost }, WarehouseUnavailable>
    /** Succeeds when the warehouse answers. */
    readonly ping: Effect.Effect<void, WarehouseUnavailable>
  }
>()("@footfall/analytics/Statistics") {}
