import { run } from "@footfall/platform/Service"
import { layer } from "./layers.ts"

run(layer)
