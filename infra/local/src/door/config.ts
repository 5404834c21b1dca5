import { writeFileSync } from "node:fs"
import { join } from "node:path"

/** How many statements run at once; the rest wait their turn. */
export const maxRunning = 16

/** One native call holds one libuv worker; a few more for killing queries, compression and files. */
export const workerThreads = maxRunning + 8

/** Largest request body after decompression, in bytes. */
export const maxBodyBytes = 512 * 1024 * 1024

/** Results up to this size are answered with their length and complete statistics; larger ones are streamed. */
export const heldBytes = 256 * 1024

/**
 * What the engine is told once, when it opens its directory: caches and pools of a laptop, no timers that wake an idle
 * machine, UTC. chDB keeps no system.*_log tables. Merges run as on a server.
 */
const engineConfig = (users: string): string => `<clickhouse>
  <timezone>UTC</timezone>
  <users_config>${users}</users_config>
  <max_server_memory_usage_to_ram_ratio>0.5</max_server_memory_usage_to_ram_ratio>
  <mark_cache_size>134217728</mark_cache_size>
  <primary_index_cache_size>134217728</primary_index_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_pool_size>2</background_pool_size>
  <background_merges_mutations_concurrency_ratio>2</background_merges_mutations_concurrency_ratio>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <background_fetches_pool_size>1</background_fetches_pool_size>
  <background_move_pool_size>1</background_move_pool_size>
  <asynchronous_metrics_update_period_s>3600</asynchronous_metrics_update_period_s>
  <asynchronous_heavy_metrics_update_period_s>3600</asynchronous_heavy_metrics_update_period_s>
  <cgroups_memory_usage_observer_wait_time>0</cgroups_memory_usage_observer_wait_time>
  <memory_worker_period_ms>1000</memory_worker_period_ms>
</clickhouse>
`

/**
 * The engine has one user. That user itself may only read tables; everything else, files and addresses outside included, comes with
 * a role that every connection has until it is told to go without (`SET ROLE NONE`).
 */
const usersConfig = `<clickhouse>
  <profiles><default><implicit_select>0</implicit_select></default></profiles>
  <quotas><default></default></quotas>
  <roles><everything><grants><query>GRANT ALL ON *.* WITH GRANT OPTION</query></grants></everything></roles>
  <users>
    <default>
      <password></password>
      <networks><ip>::/0</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants><query>GRANT SELECT ON *.*</query><query>GRANT everything</query></grants>
    </default>
  </users>
</clickhouse>
`

/** Writes the engine's configuration beside its data and returns the arguments that make the engine read it. */
export const engineArguments = (folder: string): ReadonlyArray<string> => {
  const [file, users] = [join(folder, "engine.xml"), join(folder, "users.xml")]
  writeFileSync(users, usersConfig)
  writeFileSync(file, engineConfig(users))
  return [`--config-file=${file}`]
}
