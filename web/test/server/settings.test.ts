import { expect, test } from "vitest"
import { readSettings } from "#server/settings.ts"

test("an empty environment runs on this machine", () => {
  const settings = readSettings({})
  expect([settings.host, settings.port, settings.webUrl.href, settings.queryUrl.href, settings.ingestUrl.href]).toEqual([
    "127.0.0.1",
    3000,
    "http://localhost:3000/",
    "http://localhost:3002/",
    "http://localhost:3001/",
  ])
})

test("an unusable value is refused by name", () => {
  expect(() => readSettings({ PORT: "eighty" })).toThrow("PORT")
  expect(() => readSettings({ QUERY_URL: "localhost:3002" })).toThrow("QUERY_URL")
  expect(() => readSettings({ WEB_URL: "javascript:1" })).toThrow("WEB_URL")
})
