import { tell } from "./tell.ts"
import { start } from "./tracker.ts"

const script = (document.currentScript ?? document.querySelector("script[data-key]")) as HTMLScriptElement | null

try {
  const { key, host, auto, hash } = script!.dataset
  start({ key: key!, host: host || new URL(".", script!.src).href, auto: auto != "false", hash: (hash ?? "false") != "false" })
} catch (error) {
  tell(error)
}
