import type { Contract } from "./contract.ts"
import type { ComponentKind, Json, SpecDocument } from "./nodes.ts"
import { mapReferences, referencesIn } from "./references.ts"

type MutableComponents = Record<string, Record<string, Json>>

/** One specification as a document of its own: what it uses of other files is copied into its components. */
export const bundle = (contract: Contract, spec: string): SpecDocument => {
  const document = contract.specs.get(spec)!
  const components = structuredClone(document.components ?? {}) as MutableComponents
  const included = new Set<string>()
  const include = (references: ReadonlyArray<string>) => {
    for (const reference of references) {
      const { kind, name, node, reference: key } = contract.component(reference)
      if (included.has(key)) continue
      included.add(key)
      components[kind] = { ...components[kind], [name]: node as Json }
      include(referencesIn(node))
    }
  }
  include(referencesIn(document))
  const local = (reference: string) => localReference(contract.component(reference))
  return mapReferences({ ...document, components: sorted(components) } as unknown as Json, local) as unknown as SpecDocument
}

const localReference = ({ kind, name }: { readonly kind: ComponentKind; readonly name: string }) => `#/components/${kind}/${name}`

/** Own components keep their order; kinds and copied components come in an order that does not depend on who asks first. */
const sorted = (components: MutableComponents): MutableComponents =>
  Object.fromEntries(
    Object.keys(components)
      .toSorted()
      .map((kind) => [kind, Object.fromEntries(Object.entries(components[kind]!).toSorted(([a], [b]) => (a < b ? -1 : 1)))]),
  )
