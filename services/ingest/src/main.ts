import "effect/schema/SchemaJITCompiler/enable"
import { run } from "@footfall/platform/Service"
import { service } from "./layers.ts"

run(service)
