import { BadRequest, type FieldError } from "@footfall/contracts/generated/shared"

/** The answer to a body that is not what the contract asks for; says where and what. Nothing of it was stored. */
export const badBody = (errors: ReadonlyArray<Omit<FieldError, "in">>): BadRequest =>
  new BadRequest({
    detail: "The body is not what this operation takes; `errors` says where and why. Nothing was stored.",
    errors: errors.map((error) => ({ in: "body", ...error })),
  })
