import { HealthGroup, TrackerGroup } from "@footfall/contracts/generated/ingest"
import { HttpApi } from "effect/http-api"

/** The operations of the contract that HttpApi serves: all but createEvents, which has a route of its own. */
export const ServedApi = HttpApi.make("FootfallIngest").add(TrackerGroup, HealthGroup)
