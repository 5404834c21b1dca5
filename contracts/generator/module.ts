import { fail } from "./fault.ts"

/** The libraries that generated code may import from, and which of their names it uses. */
const libraries = {
  effect: ["Effect", "Schema"],
  "effect/http": ["Multipart"],
  "effect/http-api": ["HttpApi", "HttpApiEndpoint", "HttpApiGroup", "HttpApiMiddleware", "HttpApiSchema", "HttpApiSecurity", "OpenApi"],
  "../principal.ts": ["Principal"],
  "../runtime.ts": [
    "delimitedArray",
    "format",
    "integerText",
    "json",
    "maxItems",
    "maxLength",
    "minItems",
    "minLength",
    "pattern",
    "RequiredScopes",
  ],
} as const

type LibraryName = { [L in keyof typeof libraries]: (typeof libraries)[L][number] }[keyof typeof libraries]

const libraryOf = (name: string) => Object.entries(libraries).find(([, names]) => (names as ReadonlyArray<string>).includes(name))?.[0]

/** One generated TypeScript file while it grows: statements in order, imports as they are used. */
export class Module {
  readonly name: string
  readonly #statements: Array<string> = []
  readonly #declared = new Map<string, string>()
  readonly #imports = new Map<string, Set<string>>()

  constructor(name: string) {
    this.name = name
  }

  /** Imports a name of a library (or of the runtime) and gives it back for use in code. */
  use(name: LibraryName): string {
    return this.#import(libraryOf(name)!, name)
  }

  /** A name that another module, or this one, declares. */
  refer(home: string, name: string): string {
    return home === this.name ? name : this.#import(`./${home}.ts`, name)
  }

  /** Reserves a name in this file; a second owner is a fault, because one of them would silently win. */
  declare(name: string, where: string): string {
    const owner = this.#declared.get(name) ?? libraryOf(name)
    if (owner !== undefined) fail(where, `the name ${name} is taken in ${this.name}.ts by ${owner}`)
    this.#declared.set(name, where)
    return name
  }

  add(...statements: ReadonlyArray<string>): void {
    this.#statements.push(...statements)
  }

  /** The file's text, not yet formatted. */
  render(source: string): string {
    const imports = [...this.#imports]
      .toSorted(([a], [b]) => importOrder(a) - importOrder(b) || (a < b ? -1 : 1))
      .map(([from, names]) => `import { ${[...names].toSorted().join(", ")} } from "${from}"`)
    const header = [
      `// Generated from ${source} by contracts/generator - do not edit.`,
      `// Change the specification, then run: pnpm generate`,
    ]
    return [[...header, ...imports].join("\n"), ...this.#statements, ""].join("\n\n")
  }

  #import(from: string, name: string): string {
    const owner = this.#declared.get(name)
    if (owner !== undefined) fail(owner, `the name ${name} is taken in ${this.name}.ts by the import from ${from}`)
    this.#imports.set(from, (this.#imports.get(from) ?? new Set()).add(name))
    return name
  }
}

const importOrder = (from: string) => (from.startsWith("./") ? 2 : from.startsWith("../") ? 1 : 0)
