/** All time zones that this runtime knows, UTC first. */
export const timeZones = (): ReadonlyArray<string> => ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]

/** What the clock shows in `zone` at `now` (epoch milliseconds), such as `Mon 14:05`; undefined for a zone that does not exist. */
export const clockIn = (zone: string, now: number): string | undefined => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
      now,
    )
  } catch {
    return undefined
  }
}
