import { once } from "node:events"
import { createServer, type AddressInfo, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { expect, it } from "vitest"
import { clickhouseProcess } from "../src/clickhouse.ts"

it("a ClickHouse that takes the connection and stays silent is not waited for: it is asked again", async () => {
  const sockets: Array<Socket> = []
  const silent = createServer((socket) => void sockets.push(socket)).listen(0, "127.0.0.1")
  await once(silent, "listening")
  const { port } = silent.address() as AddressInfo
  await expect(clickhouseProcess(tmpdir(), tmpdir(), port).spec.ready()).rejects.toThrow("timeout")
  for (const socket of sockets) socket.destroy()
  silent.close()
})
