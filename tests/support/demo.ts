import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { SETUP_CODE, type World } from "./world.ts"

const demo = fileURLToPath(import.meta.resolve("@footfall/local/demo"))

/** `npm run demo` with a memory of its own. */
export class Demo {
  readonly #folder = mkdtempSync(join(tmpdir(), "footfall-demo-"))

  /** What it remembers between runs. */
  readonly stateFile = join(this.#folder, "demo.json")

  get state() {
    return JSON.parse(readFileSync(this.stateFile, "utf8"))
  }

  /** Fills one day with about so many events, and gives what it printed. Query may be reached under another name. */
  async run(world: World, events: number, queryUrl = world.query.url): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [demo, "--days", "1", "--events", String(events), "--no-live"], {
      env: {
        ...process.env,
        FOOTFALL_DATA: this.#folder,
        FOOTFALL_INGEST_URL: world.ingest.url,
        FOOTFALL_QUERY_URL: queryUrl,
        FOOTFALL_WEB_URL: "http://dashboard.example",
        FOOTFALL_SETUP_CODE: SETUP_CODE,
      },
    })
    return stdout
  }

  /** Forgets everything. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
