const units = [
  { name: "day", seconds: 86_400, many: "days" },
  { name: "h", seconds: 3_600, many: "h" },
  { name: "min", seconds: 60, many: "min" },
  { name: "s", seconds: 1, many: "s" },
] as const

/** How long before `now` something was, both epoch milliseconds, in its largest whole unit: `3 s ago`, `5 min ago`, `2 days ago`. */
export const ago = (then: number, now: number): string => {
  const seconds = Math.floor((now - then) / 1000)
  const unit = units.find((unit) => seconds >= unit.seconds)
  if (unit === undefined) return "just now"
  const count = Math.floor(seconds / unit.seconds)
  return `${count} ${count === 1 ? unit.name : unit.many} ago`
}
