/** The part of OpenAPI 3.1 that this generator reads. Documents are checked for structure before anything is emitted. */

export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

export interface Reference {
  readonly $ref: string
}

/** A value in the place where OpenAPI allows either the thing itself or a reference to it. */
export type OrReference<T extends object> = T | Reference

export interface SchemaObject {
  readonly $ref?: string
  readonly type?: string | ReadonlyArray<string>
  readonly const?: Json
  readonly enum?: ReadonlyArray<Json>
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: ReadonlyArray<string>
  readonly additionalProperties?: Schema
  readonly propertyNames?: Schema
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly oneOf?: ReadonlyArray<Schema>
  readonly anyOf?: ReadonlyArray<Schema>
  readonly allOf?: ReadonlyArray<Schema>
  readonly discriminator?: { readonly propertyName: string; readonly mapping?: Readonly<Record<string, string>> }
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly contentMediaType?: string
  readonly contentSchema?: Schema
  readonly default?: Json
  readonly description?: string
  readonly examples?: ReadonlyArray<Json>
  readonly "x-each"?: boolean
  readonly "x-expected"?: string
}

export type Schema = SchemaObject | boolean

export interface Media {
  readonly schema?: Schema
}

export interface Header {
  readonly required?: boolean
  readonly schema?: Schema
}

export interface Response {
  readonly description: string
  readonly headers?: Readonly<Record<string, OrReference<Header>>>
  readonly content?: Readonly<Record<string, Media>>
}

export interface Parameter {
  readonly name: string
  readonly in: "path" | "query" | "header" | "cookie"
  readonly required?: boolean
  readonly style?: string
  readonly explode?: boolean
  readonly schema?: Schema
}

export interface RequestBody {
  readonly required?: boolean
  readonly content: Readonly<Record<string, Media>>
}

/** Schemes that together satisfy a requirement, with the scopes asked of each; `{}` lets anybody in. */
export type SecurityRequirement = Readonly<Record<string, ReadonlyArray<string>>>

export interface Operation {
  readonly operationId?: string
  readonly tags?: ReadonlyArray<string>
  readonly summary?: string
  readonly parameters?: ReadonlyArray<OrReference<Parameter>>
  readonly requestBody?: OrReference<RequestBody>
  readonly responses: Readonly<Record<string, OrReference<Response>>>
  readonly security?: ReadonlyArray<SecurityRequirement>
  readonly "x-raw-body"?: boolean
}

export const methods = ["get", "post", "put", "patch", "delete", "head", "options"] as const
export type Method = (typeof methods)[number]

export type PathItem = { readonly [M in Method]?: Operation } & { readonly parameters?: ReadonlyArray<OrReference<Parameter>> }

export interface SecurityScheme {
  readonly type: string
  readonly scheme?: string
  readonly in?: "header" | "query" | "cookie"
  readonly name?: string
}

/** The kinds of components that a reference may point to. */
export const componentKinds = ["schemas", "responses", "parameters", "headers", "requestBodies", "securitySchemes"] as const
export type ComponentKind = (typeof componentKinds)[number]

export type Components = { readonly [K in ComponentKind]?: Readonly<Record<string, unknown>> }

/** A specification: a file directly in the openapi folder. */
export interface SpecDocument {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, PathItem>>
  readonly security?: ReadonlyArray<SecurityRequirement>
  readonly components?: Components
}

/** True for `{ $ref }`, possibly with annotations beside it. */
export const isReference = (node: unknown): node is Reference =>
  typeof node === "object" && node !== null && typeof (node as { readonly $ref?: unknown }).$ref === "string"
