import type { Component, Contract } from "./contract.ts"
import type { SchemaGraph } from "./graph.ts"
import type { Module } from "./module.ts"
import type { Schema } from "./nodes.ts"

/** What code is being written for: the file it goes to, and the side of the exchange it describes. */
export interface Scope {
  readonly contract: Contract
  readonly graph: SchemaGraph
  readonly module: Module
  /** True for what clients send: there, defaults are filled in while decoding. */
  readonly request: boolean
  /** The component whose schema is being written, if any: it may refer to itself. */
  readonly component?: Component
  /** Writes any schema. Schemas are made of schemas, so those who write one kind come back to this one. */
  readonly schemaCode: (node: Schema | undefined, where: string, scope: Scope) => string
}
