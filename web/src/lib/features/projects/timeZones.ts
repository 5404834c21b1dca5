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

/** What a zone is likely called that was spelled in another way: `Berlin`, `europe/berl`, `New York`. */
export const likelyZone = (entered: string): string | undefined => {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9/+-]+/g, "_")
  const wanted = plain(entered)
  if (wanted.length < 3) return undefined
  const zones = timeZones().map((zone) => [zone, plain(zone)] as const)
  const found =
    zones.find(([, zone]) => zone === wanted) ??
    zones.find(([, zone]) => zone.endsWith(`/${wanted}`)) ??
    zones.find(([, zone]) => zone.startsWith(wanted) || zone.includes(`/${wanted}`))
  return found?.[0]
}
