// Ingest as a process: everything as in production, except that keys and salts are in memory.
import "effect/schema/SchemaJITCompiler/enable"
import * as EventLogRedis from "@footfall/event-log/EventLogRedis"
import { serve } from "@footfall/platform/HttpService"
import * as Redis from "@footfall/platform/Redis"
import { run } from "@footfall/platform/Service"
import { Layer } from "effect"
import { routes } from "../../src/layers.ts"
import { layerMemory } from "./control-plane.ts"

run(serve(routes, { port: 0 }).pipe(Layer.provide([layerMemory, EventLogRedis.layer.pipe(Layer.provide(Redis.layer))])))
