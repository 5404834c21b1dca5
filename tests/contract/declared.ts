import { readFileSync } from "node:fs"
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"

const SPECS = ["ingest", "analytics", "management"] as const
export type SpecName = (typeof SPECS)[number]

interface Media {
  readonly schema?: object
}
interface Response {
  readonly content?: Readonly<Record<string, Media>>
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>
}
interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly operationId?: string; readonly responses?: Readonly<Record<string, Response>> }>>>
  >
}

/** One answer that a specification promises. */
export interface Declared {
  readonly spec: SpecName
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly contentTypes: ReadonlyArray<string>
  readonly requiredHeaders: ReadonlyArray<string>
  /** Undefined for answers without a JSON body. */
  readonly validate: ValidateFunction | undefined
}

const METHODS = new Set(["get", "post", "put", "patch", "delete"])

/** Every response of every operation of the bundled specifications, with its compiled schema. */
export const declared = (): Array<Declared> =>
  SPECS.flatMap((spec) => {
    const document = JSON.parse(
      readFileSync(new URL(`../../contracts/src/generated/openapi/${spec}.json`, import.meta.url), "utf8"),
    ) as Document
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    ajv.addSchema(document as object, spec)
    const resolve = <A extends object>(node: A): A => {
      const ref = (node as { $ref?: string }).$ref
      if (ref === undefined) return node
      return ref
        .slice(2)
        .split("/")
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key.replaceAll("~1", "/").replaceAll("~0", "~")], document) as A
    }
    return Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => METHODS.has(method))
        .flatMap(([method, operation]) =>
          Object.entries(operation.responses ?? {}).map(([status, unresolved]) => {
            const response = resolve(unresolved)
            const json = Object.entries(response.content ?? {}).find(([type]) => type.endsWith("json"))?.[1]
            const pointer = (unresolved as { $ref?: string }).$ref ?? `#/paths/${escape(path)}/${method}/responses/${status}`
            const type = Object.keys(response.content ?? {}).find((name) => name.endsWith("json"))
            return {
              spec,
              operationId: operation.operationId ?? "",
              method: method.toUpperCase(),
              path,
              status: Number(status),
              contentTypes: Object.keys(response.content ?? {}),
              requiredHeaders: Object.entries(response.headers ?? {})
                .filter(([, header]) => resolve(header).required === true)
                .map(([name]) => name),
              validate:
                json === undefined || type === undefined
                  ? undefined
                  : ajv.compile({ $ref: `${spec}${pointer}/content/${escape(type)}/schema` }),
            }
          }),
        ),
    )
  })

const escape = (segment: string) => encodeURIComponent(segment.replaceAll("~", "~0").replaceAll("/", "~1"))
