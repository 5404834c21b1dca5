import { Unauthorized } from "@footfall/contracts/generated/shared"
import { Result } from "effect"

const BEARER = /^Bearer +([\x21-\x7e]{1,128})$/i

/** The key in an Authorization header, which must then be a bearer token; none without the header. */
export const bearerKey = (authorization: string | undefined): Result.Result<string | undefined, Unauthorized> => {
  if (authorization === undefined) return Result.succeed(undefined)
  const key = BEARER.exec(authorization)?.[1]
  return key === undefined
    ? Result.fail(new Unauthorized({ detail: "The Authorization header must be `Bearer`, a space and a key of the project." }))
    : Result.succeed(key)
}
