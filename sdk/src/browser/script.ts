import { start } from "./tracker.ts"

const script = (document.currentScript ?? document.querySelector("script[data-key]")) as HTMLScriptElement | null

try {
  const { key, host, auto, hash } = script!.dataset
  if (key) start({ key, host: host || script!.src, auto: auto !== "false", hash: hash !== undefined && hash !== "false" })
} catch {
  // A tag without a usable host: nothing to send to.
}
