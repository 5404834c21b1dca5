/** What the command line asks of a scenario. */
export interface BenchOptions {
  /** Smaller sizes, done in under a minute; for trying out, not for figures. */
  readonly quick: boolean
  /** How many events the pipeline gets; the scenario's own choice when absent. */
  readonly events?: number
}
