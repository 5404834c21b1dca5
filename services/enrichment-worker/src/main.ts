import "effect/schema/SchemaJITCompiler/enable"
import { run } from "@footfall/platform/Service"
import { layer } from "./layers.ts"

run(layer)
