import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { SETUP_CODE, type World } from "./world.ts"

const demo = fileURLToPath(import.meta.resolve("@footfall/local/demo"))

/** How the demo finds a world: as `npm start` of its own machine, or as an instance elsewhere with an account there. */
export type Found = "here" | { readonly queryUrl?: string; readonly email?: string; readonly password?: string }

/** `npm run demo` with a data folder of its own. */
export class Demo {
  readonly #folder = mkdtempSync(join(tmpdir(), "footfall-demo-"))

  /** What it remembers between runs. */
  readonly stateFile = join(this.#folder, "demo.json")

  get state() {
    return JSON.parse(readFileSync(this.stateFile, "utf8"))
  }

  /** Fills one day with about so many events, and gives what it printed. */
  async run(world: World, events: number, found: Found = "here"): Promise<string> {
    const webUrl = "http://dashboard.example"
    const urls = { ingestUrl: world.ingest.url, queryUrl: world.query.url }
    if (found === "here")
      writeFileSync(
        join(this.#folder, "runtime.json"),
        JSON.stringify({ ...urls, reached: { webUrl }, databaseUrl: world.env["DATABASE_URL"], setupCode: SETUP_CODE }),
      )
    const elsewhere =
      found === "here"
        ? {}
        : {
            FOOTFALL_INGEST_URL: urls.ingestUrl,
            FOOTFALL_QUERY_URL: found.queryUrl ?? urls.queryUrl,
            FOOTFALL_WEB_URL: webUrl,
            ...(found.email === undefined ? {} : { FOOTFALL_EMAIL: found.email }),
            ...(found.password === undefined ? {} : { FOOTFALL_PASSWORD: found.password }),
          }
    const args = [demo, "--days", "1", "--events", String(events), "--no-live"]
    const env = { ...process.env, FOOTFALL_DATA: this.#folder, ...elsewhere }
    return (await promisify(execFile)(process.execPath, args, { env })).stdout
  }

  /** Forgets everything. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
