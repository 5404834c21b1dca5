import { describe, expect, it } from "vitest"
import { pageOf } from "../../src/domain/Page.ts"

describe("the address of an event", () => {
  it("is taken apart, without an anchor", () => {
    expect(pageOf("https://Example.COM.:8443/a/b?x=1&y=2#z")).toMatchObject({ hostname: "example.com", path: "/a/b", query: "" })
  })

  it("has the route that a page keeps behind #", () => {
    expect(pageOf("https://e.com/#/home").path).toBe("/#/home")
    expect(pageOf("https://e.com/app#!/gr%C3%B6%C3%9Fe?x=1").path).toBe("/app#!/größe")
    expect(pageOf("https://e.com/a#section-2").path).toBe("/a")
    expect(pageOf("https://e.com/#access_token=AT99&x=1")).toMatchObject({ path: "/", query: "" })
  })

  it("is one page however its path is written", () => {
    for (const path of ["//about", "/about", "/about;jsessionid=1", "/about;JSESSIONID=AB12", "///about"])
      expect(pageOf(`https://e.com${path}`).path).toBe("/about")
    expect(pageOf("https://e.com/a%2fb").path).toBe("/a%2Fb")
    expect(pageOf("https://e.com/caf%e9").path).toBe("/caf%E9")
    expect(pageOf("https://e.com/gr%C3%B6%C3%9Fe/caf%E9").path).toBe("/größe/caf%E9")
    expect(pageOf("https://e.com/x;v=1/y").path).toBe("/x;v=1/y")
  })

  it("shows marks that change the direction of writing as escapes", () => {
    expect(pageOf("https://e.com/%E2%80%AEgnp.evil").path).toBe("/%E2%80%AEgnp.evil")
  })

  it("keeps campaign parameters and ref of its query, and nothing that may name a person", () => {
    const page = pageOf("https://e.com/a?token=T99&email=a%40b.example&ref=friend&code=O99&utm_campaign=c&sid=S99#access_token=F99")
    expect(page.query).toBe("ref=friend&utm_campaign=c")
    expect(JSON.stringify(page)).not.toMatch(/99|b\.example/)
  })

  it("has no e-mail address, key or long number in its path", () => {
    expect(pageOf("https://e.com/u/alice.b@corp.example/x").path).toBe("/u/[email]/x")
    expect(pageOf("https://e.com/reset/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08").path).toBe("/reset/[token]")
    expect(pageOf("https://e.com/s/aB3dE6gH9jK2mN5pQ8sT").path).toBe("/s/[token]")
    expect(pageOf("https://e.com/call/4915112345678").path).toBe("/call/[number]")
    const kept = [
      "/blog/a-very-long-title-of-2026-with-many-words",
      "/o/0b51b5e4-6f0c-4d5c-9f2f-0d3c1b1f7a11",
      "/InternationalizationGuidelines",
      "/2026/11/26/news",
    ]
    for (const path of kept) expect(pageOf(`https://e.com${path}`).path).toBe(path)
  })

  it("has a path that people can read, except where that would change its meaning", () => {
    expect(pageOf("https://e.com/größe/名前").path).toBe("/größe/名前")
    expect(pageOf("https://e.com/gr%C3%B6%C3%9Fe").path).toBe("/größe")
    expect(pageOf("https://e.com/a%5Cb%22c").path).toBe('/a\\b"c')
    expect(pageOf("https://e.com/a%2Fb%3Fc").path).toBe("/a%2Fb%3Fc")
    expect(pageOf("https://e.com/%ff%").path).toBe("/%FF%")
    expect(pageOf("https://e.com/a%00b").path).toBe("/a%00b")
  })

  it("gives its campaign parameters", () => {
    const page = pageOf("https://e.com/?utm_source=a&utm_medium=b%00&utm_campaign=c+d&utm_term=%C3%A9%09&utm_content=")
    expect(page.utm).toEqual({ source: "a", medium: "b", campaign: "c d", term: "é", content: "" })
    expect(pageOf("https://e.com/?utm_source=no%2520code").utm.source).toBe("no code")
    expect(pageOf("https://e.com/?utm_source=100%25").utm.source).toBe("100%")
  })

  it("says which click parameter it carried, and its value is nowhere", () => {
    const page = pageOf("https://e.com/?a=1&GCLID=very-personal&fbclid=also")
    expect(page.clickId).toBe("gclid")
    expect(page.query).toBe("")
    expect(JSON.stringify(page)).not.toMatch(/personal|also/)
  })

  it("is empty when there is none or it does not parse", () => {
    for (const url of ["", "::", "/relative"]) expect(pageOf(url)).toMatchObject({ hostname: "", path: "", query: "", clickId: "" })
  })

  it("keeps the parameters that its project names, but none that tells who a visitor is or lets somebody in", () => {
    const url = "https://e.com/?Plan=pro&tab=2&utm_source=x&who=ann%40example.com&gclid=1&_ga=2&igsh=3&access_token=4&email=a&session_id=5"
    expect(pageOf(url).query).toBe("utm_source=x")
    expect(pageOf(url, ["plan", "who", "missing"]).query).toBe("plan=pro&utm_source=x&who=%5Bemail%5D")
    const never = ["gclid", "_ga", "igsh", "access_token", "email", "session_id", "gad_source", "mc_eid", "ysclid", "mibextid", "irclickid"]
    expect(pageOf(`https://e.com/?${never.map((name) => `${name}=secret`).join("&")}`, never).query).toBe("")
  })
})
