import { bundle } from "./bundle.ts"
import { Contract } from "./contract.ts"
import { emitModules } from "./emit.ts"
import { ContractFault } from "./fault.ts"
import { formatSource } from "./format.ts"
import { compileSchemas } from "./json-schema.ts"
import { lintSpec } from "./lint.ts"
import type { Sources } from "./sources.ts"
import { checkStructure } from "./structure.ts"

/** The text of every generated file by its path under src/generated; fails with a ContractFault that says what is wrong where. */
export const generate = async (sources: Sources): Promise<ReadonlyMap<string, string>> => {
  const contract = new Contract(sources)
  const documents = new Map([...contract.specs.keys()].map((name) => [name, bundle(contract, name)]))
  for (const [name, document] of documents) {
    await checkStructure(name, document)
    compileSchemas(name, document)
  }
  const faults = [...contract.specs].flatMap(([name, document]) => lintSpec(contract, name, document))
  if (faults.length > 0) throw new ContractFault("contract", faults.map(({ message }) => message).join("\n"))
  const files = new Map<string, string>()
  for (const [name, code] of emitModules(contract)) files.set(`${name}.ts`, await formatSource(`${name}.ts`, code))
  for (const [name, document] of documents) {
    files.set(`openapi/${name}.json`, await formatSource(`${name}.json`, JSON.stringify(document, null, 2)))
  }
  return files
}
