import { environmentOf, testStack, urlsFromEnvironment } from "./stack.ts"

/** Vitest's global set-up: one stack for the whole run, known to every test by CLICKHOUSE_URL, DATABASE_URL and REDIS_URL. */
export default async (): Promise<(() => Promise<void>) | undefined> => {
  if (Object.keys(urlsFromEnvironment()).length === 3) return undefined
  const stack = await testStack()
  Object.assign(process.env, environmentOf(stack))
  return async () => {
    for (const name of Object.keys(environmentOf(stack))) delete process.env[name]
    await stack.stop()
  }
}
