import { error } from "@sveltejs/kit"
import type { PageServerLoad } from "./$types"

/** An address below a project that names no page: answered here, so that the error page stays within the project. */
export const load: PageServerLoad = async ({ parent }) => {
  await parent()
  error(404, { message: "This project has no page of that name. The link may be old or mistyped." })
}
