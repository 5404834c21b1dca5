import { BadRequest, type FieldError } from "@footfall/contracts/generated/shared"

/** The answer to a body that is not what the contract asks for; says where and what. Nothing of it was stored. */
export const badBody = (errors: ReadonlyArray<Omit<FieldError, "in">>): BadRequest =>
  new BadRequest({
    detail: "Invalid request. `errors` lists each field and what is wrong with it. Nothing was stored.",
    errors: errors.map((error) => ({ in: "body", ...error })),
  })
