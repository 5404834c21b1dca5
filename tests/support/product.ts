import { randomBytes } from "node:crypto"
import { servicePort } from "./port.ts"
import { ServiceProcess } from "./process.ts"
import { World, type WorldOptions } from "./world.ts"

/** A world with its dashboard. */
export class Product {
  readonly world: World
  readonly web: ServiceProcess

  private constructor(world: World, web: ServiceProcess) {
    this.world = world
    this.web = web
  }

  /** Starts everything; the dashboard has to be built before (`npm test` does). */
  static async start(options: WorldOptions = {}): Promise<Product> {
    const port = String(await servicePort())
    const webUrl = `http://127.0.0.1:${port}`
    const world = await World.start({ ...options, env: { WEB_SECRET: randomBytes(24).toString("hex"), ...options.env, WEB_URL: webUrl } })
    try {
      const web = await ServiceProcess.start("web", { ...world.env, WEB_URL: webUrl, PORT: port }, { entry: "web/server.ts" })
      return new Product(world, web)
    } catch (cause) {
      await world.stop()
      throw cause
    }
  }

  async stop(): Promise<void> {
    await this.web.stop()
    await this.world.stop()
  }
}
