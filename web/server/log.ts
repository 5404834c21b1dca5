const levels = ["debug", "info", "warn", "error"] as const
type Level = (typeof levels)[number]

const threshold = levels.findIndex((level) => level === (process.env.LOG_LEVEL ?? "info").toLowerCase())

// A line that cannot be written, on a full disk or to a reader that is gone, is lost; the server goes on without it.
process.stdout.on("error", () => undefined)

/** One JSON line on stdout, unless LOG_LEVEL is above `level`. */
export const log = (level: Level, message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
  if (levels.indexOf(level) < threshold) return
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level, service: "web", message, ...fields })}\n`)
}
