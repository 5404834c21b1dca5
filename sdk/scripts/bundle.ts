import { build, type BuildOptions, type Metafile } from "esbuild"
import { fileURLToPath } from "node:url"

/** The three things that are shipped, by the name of their file in dist. */
export type Entry = "script" | "index" | "api"

/** What came out of bundling: the bytes, and which files and packages are in or beside them. */
export interface Bundle {
  readonly code: Uint8Array
  readonly metafile: Metafile
}

const source = fileURLToPath(new URL("../src/", import.meta.url))

const options: Record<Entry, BuildOptions> = {
  script: { entryPoints: ["browser/script.ts"], format: "iife" },
  index: { entryPoints: ["browser/index.ts"], format: "esm" },
  api: { entryPoints: ["api/index.ts"], format: "esm", packages: "external", minify: false },
}

/** Bundles one entry for browsers of ES2020 on. The client keeps its one dependency outside, for the installer to share. */
export const bundle = async (entry: Entry): Promise<Bundle> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: source,
    bundle: true,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    minify: true,
    target: "es2020",
    tsconfigRaw: {},
    write: false,
    ...options[entry],
  })
  return { code: outputFiles![0]!.contents, metafile: metafile! }
}
