import type { Settings } from "./settings.ts"

/**
 * What every answer carries, whichever code makes it. SvelteKit gives its pages a policy of their own, with a nonce, in place of this one;
 * everything else is nothing that may load or run anything.
 */
export const headersOf = ({ webUrl }: Pick<Settings, "webUrl">): ReadonlyArray<readonly [string, string]> => [
  ["x-content-type-options", "nosniff"],
  ["content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "strict-origin-when-cross-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"],
  ...(webUrl.protocol === "https:" ? [["strict-transport-security", "max-age=31536000"] as const] : []),
]
