import { launch } from "./browser.ts"
const [base, email, password, id] = process.argv.slice(2) as [string, string, string, string]
const b = await launch()
const c = await b.newContext(); const p = await c.newPage()
await p.goto(base + "/login"); await p.getByLabel("E-mail").fill(email); await p.getByLabel("Password", { exact: true }).fill(password); await p.getByRole("button", { name: "Sign in" }).click()
await p.waitForURL((u) => !u.pathname.startsWith("/login")); const cookies = await c.cookies()
for (const [name, path, colorScheme, width] of [["light", `/${id}`, "light", 1280], ["dark", `/${id}`, "dark", 1280], ["mobile", `/${id}`, "light", 375], ["home", "/", "light", 1280], ["details", `/${id}?d=page`, "light", 1280], ["install", `/${id}/install`, "dark", 1280], ["filtered", `/${id}?f=source:is:Google`, "light", 1280]] as const) {
  const x = await b.newContext({ colorScheme, viewport: { width, height: 900 } }); await x.addCookies(cookies); const q = await x.newPage()
  await q.goto(base + path, { waitUntil: "networkidle" }); await q.screenshot({ path: `/tmp/ff/shot-${name}.png`, fullPage: true }); await x.close()
}
await b.close()
