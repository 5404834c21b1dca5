import { error } from "@sveltejs/kit"
import type { LayoutServerLoad } from "./$types"

export const load: LayoutServerLoad = async ({ params, parent }) => {
  const { projects } = await parent()
  const project = projects.find((one) => one.id === params.project)
  if (!project) error(404, { message: "It does not exist, or you do not have access to it." })
  return { project }
}
