import type { Component, Contract } from "./contract.ts"
import { methods } from "./nodes.ts"
import { referencesIn } from "./references.ts"

/** Which schema needs which other, and which of them travel in requests. */
export class SchemaGraph {
  readonly #contract: Contract
  readonly #reachable = new Map<string, ReadonlySet<string>>()
  readonly #inRequests: ReadonlySet<string>

  constructor(contract: Contract) {
    this.#contract = contract
    this.#inRequests = new Set(requestParts(contract).flatMap((part) => [...this.#reach(referencesIn(part))]))
  }

  /** Defaults of such a schema are filled in while decoding. */
  isInRequests({ reference }: Component): boolean {
    return this.#inRequests.has(reference)
  }

  /** True when a schema contains, at any depth, another one (or itself). */
  reaches(from: Component, to: Component): boolean {
    return this.#from(from).has(to.reference)
  }

  isRecursive(component: Component): boolean {
    return this.reaches(component, component)
  }

  #from({ reference, node }: Component): ReadonlySet<string> {
    const known = this.#reachable.get(reference)
    if (known !== undefined) return known
    const found = this.#reach(referencesIn(node))
    this.#reachable.set(reference, found)
    return found
  }

  #reach(references: ReadonlyArray<string>): ReadonlySet<string> {
    const found = new Set<string>()
    const visit = (reference: string) => {
      const component = this.#contract.component(reference)
      if (found.has(component.reference)) return
      found.add(component.reference)
      referencesIn(component.node).forEach(visit)
    }
    references.forEach(visit)
    return found
  }
}

const requestParts = (contract: Contract): ReadonlyArray<unknown> =>
  [...contract.specs.values()]
    .flatMap((spec) => Object.values(spec.paths))
    .flatMap((item) => methods.map((method) => item[method]?.requestBody))
    .filter((body) => body !== undefined)
