import { posix } from "node:path"
import { fail } from "./fault.ts"
import type { Json } from "./nodes.ts"

/** Keys whose children are named by the author: a property called `default` is a property, not a default. */
const namedChildren = new Set(["properties", "schemas", "responses", "parameters", "headers", "requestBodies", "securitySchemes"])

/** Keys that hold values of the user's, in which `$ref` means nothing. */
const plainValues = new Set(["const", "enum", "default", "example", "examples"])

/** Rewrites every reference of a document, discriminator mappings included. */
export const mapReferences = (document: Json, rewrite: (reference: string) => string): Json => {
  const visit = (node: Json, named: boolean): Json => {
    if (Array.isArray(node)) return node.map((item) => visit(item, false))
    if (typeof node !== "object" || node === null) return node
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        if (!named && key === "$ref" && typeof value === "string") return [key, rewrite(value)]
        if (!named && plainValues.has(key)) return [key, value]
        if (!named && key === "mapping" && typeof value === "object" && value !== null) {
          return [key, Object.fromEntries(Object.entries(value).map(([name, target]) => [name, rewrite(String(target))]))]
        }
        return [key, visit(value, !named && namedChildren.has(key))]
      }),
    )
  }
  return visit(document, false)
}

/** Every reference in a part of a document, in order of appearance, each once. */
export const referencesIn = (node: unknown): ReadonlyArray<string> => {
  const found = new Set<string>()
  mapReferences(node as Json, (reference) => {
    found.add(reference)
    return reference
  })
  return [...found]
}

/** Makes a reference independent of the file it stands in: `components/ids.yaml#/schemas/ProjectId`. */
export const absoluteReference = (file: string, reference: string): string => {
  const [path = "", pointer = ""] = reference.split("#")
  if (/^[a-z]+:/i.test(path)) fail(file, `reference "${reference}" leaves the openapi folder`)
  const target = path === "" ? file : posix.normalize(posix.join(posix.dirname(file), path))
  if (target.startsWith("..")) fail(file, `reference "${reference}" leaves the openapi folder`)
  return `${target}#${pointer}`
}

/** The file and the unescaped segments of an absolute reference. */
export const parseReference = (reference: string): { readonly file: string; readonly segments: ReadonlyArray<string> } => {
  const [file = "", pointer = ""] = reference.split("#")
  const segments = pointer.split("/").slice(1)
  return { file, segments: segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~")) }
}
