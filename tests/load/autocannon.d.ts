/** The part of autocannon that we use; the package ships no types. */
declare module "autocannon" {
  interface Request {
    readonly method: "POST"
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
  interface Options {
    readonly url: string
    readonly connections: number
    readonly duration: number
    readonly timeout: number
    readonly setupClient: (client: { setRequests(requests: ReadonlyArray<Request>): void }) => void
  }
  interface Result {
    readonly "2xx": number
    readonly non2xx: number
    readonly errors: number
    readonly timeouts: number
    readonly duration: number
    readonly latency: { readonly p50: number; readonly p99: number }
  }
  export default function autocannon(options: Options): Promise<Result>
}
