import { attempt } from "./attempt.ts"
import { start } from "./tracker.ts"

const script = (document.currentScript ?? document.querySelector("script[data-key]")) as HTMLScriptElement | null

// A tag without a usable host has nothing to send to.
attempt(() => {
  const { key, host, auto, hash = "false" } = script!.dataset
  if (key) start({ key, host: host ? host + "/" : script!.src, auto: auto !== "false", hash: hash !== "false" })
})
