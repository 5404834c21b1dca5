import { fail } from "./fault.ts"
import { block, literal } from "./naming.ts"
import type { Media, Schema } from "./nodes.ts"
import { importer } from "./expression.ts"
import { schemaCode } from "./schemas.ts"
import { fieldCode } from "./schema-objects.ts"
import type { Scope } from "./scope.ts"

const isJson = (type: string) => /^application\/([^;]+\+)?json$/.test(type)

/** A body as an Effect Schema that knows its content type. */
export const bodyCode = (type: string, media: Media, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const code = () => schemaCode(media.schema, where, scope)
  if (type === "application/json") return code()
  if (isJson(type)) return `${code()}.pipe(${use("HttpApiSchema")}.asJson({ contentType: ${literal(type)} }))`
  if (type === "application/x-www-form-urlencoded") return `${code()}.pipe(${use("HttpApiSchema")}.asFormUrlEncoded())`
  if (type === "multipart/form-data") return `${multipartCode(media.schema, where, scope)}.pipe(${use("HttpApiSchema")}.asMultipart())`
  if (type.startsWith("text/") || type === "application/yaml")
    return `${code()}.pipe(${use("HttpApiSchema")}.asText({ contentType: ${literal(type)} }))`
  return fail(where, `unsupported media type ${type}`)
}

/** A form: binary parts are files, all others fields. */
const multipartCode = (node: Schema | undefined, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const form = scope.contract.schema(node ?? true)
  const fields = Object.entries(form.properties ?? {}).map(([name, part]) => {
    const required = form.required?.includes(name) === true
    if (scope.contract.schema(part).format !== "binary") return `${literal(name)}: ${fieldCode(part, required, `${where}/${name}`, scope)}`
    const file = `${use("Multipart")}.SingleFileSchema`
    return `${literal(name)}: ${required ? file : `${use("Schema")}.optionalKey(${file})`}`
  })
  return `${use("Schema")}.Struct(${block(fields)})`
}
