import { fail } from "./fault.ts"
import { componentKinds, isReference } from "./nodes.ts"
import type { ComponentKind, Components, Json, OrReference, Schema, SchemaObject, SpecDocument } from "./nodes.ts"
import { parseReference, referencesIn } from "./references.ts"
import type { Sources } from "./sources.ts"

/** The module that gets the components of all files in `components/`. */
export const sharedModule = "shared"

/** Something with a name that references point to. */
export interface Component {
  readonly reference: string
  readonly kind: ComponentKind
  readonly name: string
  /** The generated module it is declared in: a specification's name, or `shared`. */
  readonly home: string
  readonly node: unknown
}

const isSpecFile = (file: string) => !file.includes("/")
const moduleOf = (file: string) => (isSpecFile(file) ? file.replace(/\.yaml$/, "") : sharedModule)
const isKind = (kind: string | undefined): kind is ComponentKind => componentKinds.some((known) => known === kind)

/** All specifications and the components they share, with answers to "what is behind this reference". */
export class Contract {
  readonly #sources: Sources

  constructor(sources: Sources) {
    this.#sources = sources
    this.#refuseAmbiguousNames()
    for (const document of sources.values()) referencesIn(document).forEach((reference) => this.component(reference))
  }

  /** The specifications by name (`ingest`), in the order of their names. */
  get specs(): ReadonlyMap<string, SpecDocument> {
    const files = [...this.#sources].filter(([file]) => isSpecFile(file))
    return new Map(files.map(([file, document]) => [moduleOf(file), document as unknown as SpecDocument]))
  }

  /** Follows references until something else is found. */
  resolve<T extends object>(node: OrReference<T>): T {
    const seen = new Set<string>()
    let current = node
    while (isReference(current)) {
      if (seen.has(current.$ref)) fail(current.$ref, "the reference leads back to itself")
      seen.add(current.$ref)
      current = this.#at(current.$ref) as OrReference<T>
    }
    return current
  }

  /** Follows the references of a schema; `true` and `false` become what they mean as objects. */
  schema(node: Schema): SchemaObject {
    const found = typeof node === "boolean" ? node : this.resolve<SchemaObject>(node)
    if (found === false) return fail("schema", "`false` as a schema is only supported as additionalProperties")
    return typeof found === "boolean" ? {} : found
  }

  /** The component behind a reference, through aliases that only give a shared component its own name again. */
  component(reference: string): Component {
    const { file, segments } = parseReference(reference)
    const [name, kind, parent] = segments.toReversed()
    const depth = parent === undefined ? 2 : 3
    if (name === undefined || !isKind(kind) || segments.length !== depth || (depth === 3 && parent !== "components")) {
      return fail(reference, "a reference must point to a named component (schemas, responses, parameters, headers, ...)")
    }
    const node = this.#at(reference)
    if (isAlias(node, name)) return this.component(node.$ref)
    return { reference, kind, name, home: moduleOf(file), node }
  }

  /** The components of one kind that a generated module declares, in the order of the files. */
  declared(home: string, kind: ComponentKind): ReadonlyArray<Component> {
    return [...this.#sources]
      .filter(([file]) => moduleOf(file) === home)
      .flatMap(([file, document]) => {
        const nested = isSpecFile(file) || (document as { readonly components?: Components }).components !== undefined
        const components = (nested ? (document as { readonly components?: Components }).components : document) as Components | undefined
        return Object.keys(components?.[kind] ?? {}).map((name) => `${file}#${nested ? "/components" : ""}/${kind}/${name}`)
      })
      .filter((reference) => !isAlias(this.#at(reference), parseReference(reference).segments.at(-1)))
      .map((reference) => this.component(reference))
  }

  #at(reference: string): unknown {
    const { file, segments } = parseReference(reference)
    const document = this.#sources.get(file) ?? fail(reference, `there is no file ${file}`)
    return segments.reduce<Json>(
      (node, segment) => (node as Record<string, Json> | null)?.[segment] ?? fail(reference, "nothing is there"),
      document,
    )
  }

  /** One name, one thing: two files in components/, or a specification beside them, must not reuse a name. */
  #refuseAmbiguousNames() {
    for (const kind of componentKinds) {
      const shared = new Map<string, string>()
      for (const { name, reference } of this.declared(sharedModule, kind)) {
        if (shared.has(name)) fail(reference, `the name is taken by ${shared.get(name)}`)
        shared.set(name, reference)
      }
      for (const spec of this.specs.keys()) {
        for (const { name, reference } of this.declared(spec, kind)) {
          if (shared.has(name)) fail(reference, `the name is taken by ${shared.get(name)}; refer to that one or choose another name`)
        }
      }
    }
  }
}

/** `Problem: { $ref: './components/problems.yaml#/schemas/Problem' }` declares nothing new. */
const isAlias = (node: unknown, name: string | undefined): node is { readonly $ref: string } =>
  isReference(node) && Object.keys(node).length === 1 && parseReference(node.$ref).segments.at(-1) === name
