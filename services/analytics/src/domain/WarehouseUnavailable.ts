import { Schema } from "effect"

/** The warehouse cannot answer now; asking again later is worth it. */
export class WarehouseUnavailable extends Schema.TaggedError<WarehouseUnavailable>()("WarehouseUnavailable", { cause: Schema.Defect() }) {}
