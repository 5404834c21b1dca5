import { describe, expect, it } from "vitest"
import { sourceOfApp, sourceOfHost, sourceOfTag } from "../../../src/domain/sources.ts"
import { LISTED, REASONS } from "./publicLists.ts"

const words = (text: string): ReadonlyArray<string> => text.split(/\s+/)
const isApp = (host: string): boolean => /^(?:com|org|io)\./.test(host)

/** GA4 alone tells videos from other social media. */
const asListed = (list: string, kind: string): string => (list !== "GA4" && kind === "video" ? "social" : kind)

const ours = (host: string): string => {
  const known = isApp(host) ? sourceOfApp(host) : host.includes(".") ? sourceOfHost(host) : sourceOfTag(host)
  return known === undefined || known.kind === "other" ? "referral" : known.kind
}

const listed = LISTED.flatMap(({ list, medium, hosts }) => words(hosts).map((host) => ({ list, host, medium })))
const differs = listed.filter(({ list, host, medium }) => asListed(list, ours(host)) !== (medium === "unknown" ? "referral" : medium))

describe("large public lists", () => {
  it.each(["GA4", "referer-parser", "Matomo"])("%s gives at least 95 of 100 hosts the medium that we give", (list) => {
    const all = listed.filter((entry) => entry.list === list)
    expect(all.length).toBeGreaterThan(150)
    const share = 1 - differs.filter((entry) => entry.list === list).length / all.length
    expect(share).toBeGreaterThanOrEqual(0.95)
  })

  it("differ from us where a reason is given and nowhere else", () => {
    expect(differs.filter(({ host }) => REASONS[host] === undefined)).toEqual([])
    for (const { host } of differs) expect([host, ours(host)]).toEqual([host, REASONS[host]?.[0]])
    const hosts = new Set(differs.map(({ host }) => host))
    expect(Object.keys(REASONS).filter((host) => !hosts.has(host))).toEqual([])
  })
})
