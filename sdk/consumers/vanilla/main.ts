import { flush, init, optIn, optOut, pageview, track, type Options } from "@footfall/sdk"

const options: Options = { key: "ffw_0000000000000000000000", host: "https://events.example.com", auto: false, hash: true }

init(options)
pageview({ theme: "dark" })
track("Signup", { plan: "pro", seats: 3, trial: true })

document.querySelector("#ignore-me")?.addEventListener("click", () => optOut() && optIn())
document.querySelector("#send")?.addEventListener("click", () => void flush())

// @ts-expect-error an event needs a name
track()
// @ts-expect-error properties are JSON
track("Signup", { at: new Date(), run: () => {} })
