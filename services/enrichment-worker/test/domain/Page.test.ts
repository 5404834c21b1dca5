import { describe, expect, it } from "vitest"
import { pageOf } from "../../src/domain/Page.ts"

const path = (rest: string) => pageOf(`https://e.com${rest}`).path
const utm = (query: string) => pageOf(`https://e.com/${query}`).utm
const kept = (query: string, ...names: ReadonlyArray<string>) => pageOf(`https://e.com/${query}`, names).query

describe("the address of an event", () => {
  it("is taken apart, without its fragment", () => {
    expect(pageOf("https://Example.COM.:8443/a/b?utm_source=1&y=2#z")).toMatchObject({
      hostname: "example.com",
      path: "/a/b",
      query: "utm_source=1",
    })
  })

  it("has a path that people can read, except where that would change its meaning", () => {
    expect(path("/größe/名前")).toBe("/größe/名前")
    expect(path("/gr%C3%B6%C3%9Fe")).toBe("/größe")
    expect(path("/a%5Cb%22c")).toBe('/a\\b"c')
    expect(path("/a%2Fb%3Fc")).toBe("/a%2Fb%3Fc")
    expect(path("/a%00b")).toBe("/a%00b")
    expect(path("/a%252Fb")).toBe("/a%252Fb")
    expect(path("/100%25")).toBe("/100%")
    expect(path("/gr%6F%CC%88%C3%9Fe")).toBe("/größe")
  })

  it("writes what it leaves escaped with capital digits, and one bad escape leaves the others resolved", () => {
    for (const escape of ["%2F", "%2f"]) expect(path(`/a${escape}b`)).toBe("/a%2Fb")
    for (const escape of ["%E9", "%e9"]) expect(path(`/caf${escape}`)).toBe("/caf%E9")
    expect(path("/gr%C3%B6%C3%9Fe/caf%E9")).toBe("/größe/caf%E9")
    expect(path("/%C3%B6%E9%C3%B6%C3")).toBe("/ö%E9ö%C3")
    expect(path("/%ff%")).toBe("/%FF%")
    for (const bad of ["%C0%AF", "%ED%A0%80", "%E0%80%80", "%F0%80%80%80", "%F4%90%80%80", "%F5%80%80%80", "%E2%82", "%80"])
      expect(path(`/%C3%B6${bad}ö`)).toBe(`/ö${bad}ö`)
  })

  it("keeps what would not be seen, or would turn the letters around it, as an escape", () => {
    expect(path("/%E2%80%AEgnp.evil")).toBe("/%E2%80%AEgnp.evil")
    expect(path("/a\u202egnp.evil")).toBe("/a%E2%80%AEgnp.evil")
    for (const mark of ["%E2%80%8F", "%E2%81%A6", "%E2%80%8B", "%EF%BB%BF", "%C2%AD", "%C2%A0", "%C2%85", "%D8%9C"])
      expect(path(`/a${mark}b`)).toBe(`/a${mark}b`)
    expect(path("/%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80")).toBe("/👩‍🚀")
    expect(path("/a%20b")).toBe("/a b")
  })

  it("is one page whatever slashes and matrix parameters its path has", () => {
    expect(path("//about")).toBe("/about")
    expect(path("/a///b/")).toBe("/a/b/")
    expect(path("/x;jsessionid=1")).toBe("/x")
    expect(path("/x;JSESSIONID=A1.node2/y;v=2;w=3")).toBe("/x/y")
    expect(path("/(S(lit3py55t21z5v55vlm25s55))/orders/list.aspx")).toBe("/orders/list.aspx")
    expect(path("/wiki/Now;_Then")).toBe("/wiki/Now;_Then")
    expect(path("/a_(film)/b")).toBe("/a_(film)/b")
  })

  it("has the route of a hash router in its path", () => {
    expect(path("/#/home")).toBe("/#/home")
    expect(path("/#/about?tab=2")).toBe("/#/about")
    expect(path("/#!/about")).toBe("/#!/about")
    expect(path("/#!about")).toBe("/#!/about")
    expect(path("/app/#/a//b%2fc/gr%C3%B6%C3%9Fe")).toBe("/app/#/a/b%2Fc/größe")
    expect(path("/#/invite/9f8e7d6c5b")).toBe("/#/invite/[token]")
    expect(path("/docs#section-2")).toBe("/docs")
    expect(path("/docs#:~:text=a/b")).toBe("/docs")
    expect(path("/#")).toBe("/")
    expect(path(`/#/${"a/".repeat(2_000)}`)).toHaveLength(2_048)
  })

  it("gives its campaign parameters", () => {
    expect(utm("?utm_source=a&utm_medium=b%00&utm_campaign=c+d&utm_term=%C3%A9%09&utm_content=")).toEqual({
      source: "a",
      medium: "b",
      campaign: "c d",
      term: "é",
      content: "",
    })
  })

  it.each([
    ["?UTM_SOURCE=Newsletter&UTM_MEDIUM=Email", "Newsletter", "Email", ""],
    ["?utm_source=google&amp;utm_medium=cpc&amp;utm_campaign=x", "google", "cpc", "x"],
    ["?utm_source=google&amp;amp;utm_medium=cpc", "google", "cpc", ""],
    ["?utm_source=google&#38;utm_medium=cpc&#038;utm_campaign=x", "google", "cpc", "x"],
    ["?utm_source=google\\u0026utm_medium=cpc", "google", "cpc", ""],
    ["?x=1?utm_source=google&utm_medium=cpc", "google", "cpc", ""],
    ["?utm_source=google?utm_medium=cpc", "google", "cpc", ""],
    ["?utm_source=what?&utm_medium=b", "what?", "b", ""],
    ["?utm_source=&utm_source=b", "b", "", ""],
    ["?utm_source=b&utm_source=", "b", "", ""],
    ["?utm_source=b&utm_source=c", "b", "", ""],
    ["?utm_source[]=a&utm_source[]=b", "a", "", ""],
    ["?utm_source%5B0%5D=a&utm_source%5B1%5D=b", "a", "", ""],
    ["?utm%5Fsource=a", "a", "", ""],
    ["?utm_source=no%2520code", "no code", "", ""],
    ["?utm_source=no%252520code", "no code", "", ""],
    ["?utm_source=100%25&utm_medium=c%2B%2B", "100%", "c++", ""],
    ["?utm_source=caf%E9&utm_medium=a", "caf%E9", "a", ""],
    ["?utm_source%3Dgoogle%26utm_medium%3Dcpc", "google", "cpc", ""],
    ["#utm_source=spring&utm_medium=email", "spring", "email", ""],
    ["#?utm_source=spring&utm_medium=email", "spring", "email", ""],
    ["#/about?utm_source=spring", "spring", "", ""],
    ["?utm_medium=email#utm_source=spring&utm_medium=other", "spring", "email", ""],
  ])("reads the tags of %s as %s, %s, %s", (query, source, medium, campaign) => {
    expect(utm(query)).toMatchObject({ source, medium, campaign })
  })

  it("says which click parameter it carried, an advertisement's before others, and its value is nowhere", () => {
    const page = pageOf("https://e.com/?a=1&fbclid=also&GCLID=very-personal#wbraid=personal")
    expect(page.clickId).toBe("gclid")
    expect(page.query).toBe("")
    expect(JSON.stringify(page)).not.toMatch(/personal|also/)
  })

  it("keeps of its query what says where a visit came from, and what a project adds", () => {
    const query =
      "?token=T&email=a%40b.example&access_token=A&code=O&sid=S&utm_source=Spring&UTM_ID=7&ref=blog&source=footer&plan=pro&Tab=a%20b"
    expect(kept(query)).toBe("utm_source=Spring&utm_id=7&ref=blog")
    expect(kept(query, "plan", "tab")).toBe("utm_source=Spring&utm_id=7&ref=blog&plan=pro&tab=a%20b")
    expect(kept("?utm_secret=1&utm_term=a%26b")).toBe("utm_term=a%26b")
    expect(
      kept(
        `?${Array.from({ length: 40 }, (_, i) => `k${i}=${"x".repeat(300)}`).join("&")}`,
        ...Array.from({ length: 40 }, (_, i) => `k${i}`),
      ).length,
    ).toBeLessThanOrEqual(2_048)
  })

  it("keeps no e-mail address and no token in a kept value", () => {
    expect(kept("?ref=ada%40example.org&plan=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x-y_z", "plan")).toBe("ref=%5Bemail%5D&plan=%5Btoken%5D")
    expect(utm("?utm_source=list&utm_term=ada%40example.org&utm_content=120210000000000000")).toMatchObject({
      term: "[email]",
      content: "120210000000000000",
    })
    expect(kept("?utm_term=ada%40example.org")).toBe("utm_term=%5Bemail%5D")
  })

  it.each(
    "mc_eid mc_cid oly_anon_id oly_enc_id __s vero_id _hsenc _hsmi mkt_tok fbclid gclid dclid msclkid twclid ttclid yclid ysclid igsh igshid srsltid mibextid gad_source gad_campaignid gbraid wbraid _gl _ga irclickid wickedid s_cid rb_clickid _openstat vero_conv ml_subscriber ml_subscriber_hash __hsfp __hssc __hstc hsCtaTracking li_fat_id rdt_cid ScCid epik mkwid pk_cid gclsrc ef_id s_kwcid _branch_match_id _kx _ke elqTrackId dm_i guce_referrer guccounter unicorn_click_id syclid _bta_tid trk_contact spUserID"
      .split(" ")
      .map((name) => [name]),
  )("never keeps the value of %s, even when a project asks for it", (name) => {
    const page = pageOf(`https://e.com/?${name}=very-personal&a=1#${name}=very-personal`, [name, name.toLowerCase()])
    expect(JSON.stringify(page)).not.toContain("personal")
  })

  it.each([
    ..."access_token refresh-token email e-mail user_email password pwd session_id sessionid sid phpsessid code sig auth.key api_key apikey".split(
      " ",
    ),
    ..."user_id userid customerid username first_name lastname phone tel ip iban dob x.secret otp".split(" "),
  ])("never keeps the value of %s", (name) => {
    expect(pageOf(`https://e.com/?${name}=personal`, [name]).query).toBe("")
  })

  it.each(
    "plan tab size color page lang country category product sort q search filter variant tokens_of_love model hashtag mailbox-size namespace".split(
      " ",
    ),
  )("keeps the value of %s where a project asks for it", (name) => {
    expect(pageOf(`https://e.com/?${name}=a`, [name]).query).toBe(`${name}=a`)
  })

  it("has no e-mail address, key or long number in its path", () => {
    expect(path("/u/alice.b@corp.example/x")).toBe("/u/[email]/x")
    expect(path("/reset/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")).toBe("/reset/[token]")
    expect(path("/call/4915112345678")).toBe("/call/[number]")
    for (const kept of [
      "/blog/a-very-long-title-of-2026-with-many-words",
      "/o/0b51b5e4-6f0c-4d5c-9f2f-0d3c1b1f7a11",
      "/InternationalizationGuidelines",
    ])
      expect(path(kept)).toBe(kept)
  })

  it("is empty when there is none or it does not parse", () => {
    for (const url of ["", "::", "/relative"]) expect(pageOf(url)).toMatchObject({ hostname: "", path: "", query: "", clickId: "" })
  })

  it("keeps the parameters that its project names, but none that tells who a visitor is or lets somebody in", () => {
    const url = "https://e.com/?Plan=pro&tab=2&utm_source=x&who=ann%40example.com&gclid=1&_ga=2&igsh=3&access_token=4&email=a&session_id=5"
    expect(pageOf(url).query).toBe("utm_source=x")
    expect(pageOf(url, ["plan", "who", "missing"]).query).toBe("plan=pro&utm_source=x&who=%5Bemail%5D")
    expect(pageOf("https://e.com/#plan=pro", ["plan"]).query).toBe("plan=pro")
    const never = ["gclid", "_ga", "igsh", "access_token", "email", "session_id", "gad_source", "mc_eid", "ysclid", "mibextid", "irclickid"]
    expect(pageOf(`https://e.com/?${never.map((name) => `${name}=secret`).join("&")}`, never).query).toBe("")
  })
})
