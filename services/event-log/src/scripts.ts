/**
 * The Lua scripts of a partition. Each runs atomically in Redis. A lease only keeps others from taking the partition; what fences off a
 * former owner is the epoch, which grows whenever somebody takes it: a worker that was replaced while it slept can neither read nor
 * write, and one that slept but was not replaced goes on. All keys of a script are in the slot of its partition.
 */

/** KEYS workers; ARGV worker, ms until a silent worker counts as dead. Returns the live workers. */
export const HEARTBEAT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
return redis.call('ZRANGE', KEYS[1], 0, -1)`

/** KEYS lease, epoch, events; ARGV worker, ms of the lease, group. Returns the holder, or nothing while somebody else holds it. */
export const ACQUIRE = `
local held = redis.call('GET', KEYS[1])
if held and string.match(held, '^(.*):%d+$') ~= ARGV[1] then return false end
local holder = ARGV[1] .. ':' .. redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], holder, 'PX', ARGV[2])
redis.pcall('XGROUP', 'CREATE', KEYS[3], ARGV[3], '0', 'MKSTREAM')
return holder`

/**
 * KEYS epoch, lease; ARGV epoch, holder, ms of the lease. A lease that ran out is taken back when nobody had the partition since.
 */
export const RENEW = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1`

/** KEYS epoch, lease; ARGV epoch. Moves the epoch on, so that a renewal still under way cannot bring the lease back. */
export const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('INCR', KEYS[1])
return redis.call('DEL', KEYS[2])`

/**
 * KEYS epoch, events; ARGV epoch, group, consumer, entries, bytes. Returns all pending entries if there are any (they are the
 * batch that was read and not committed), else new ones up to the limits; nothing when somebody else had the partition since.
 */
export const READ = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
local pending = redis.call('XREADGROUP', 'GROUP', ARGV[2], ARGV[3], 'STREAMS', KEYS[2], '0')
if pending and #pending[1][2] > 0 then return pending[1][2] end
local batch, bytes = {}, 0
while #batch < tonumber(ARGV[4]) and bytes < tonumber(ARGV[5]) do
  local got = redis.call('XREADGROUP', 'GROUP', ARGV[2], ARGV[3], 'COUNT', 8, 'STREAMS', KEYS[2], '>')
  if not got then break end
  for _, entry in ipairs(got[1][2]) do
    batch[#batch + 1] = entry
    bytes = bytes + #entry[2][2]
  end
end
return batch`

/**
 * KEYS epoch, events, seen, then one key for each session state; ARGV epoch, group, ms that states live, milliseconds before which
 * seen chunks are forgotten, seen chunk (may be empty), smallest id to keep, number of ids, the ids, the states.
 */
export const COMMIT = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local ids = tonumber(ARGV[7])
for i = 4, #KEYS do redis.call('SET', KEYS[i], ARGV[ids + 4 + i], 'PX', ARGV[3]) end
if #ARGV[5] > 0 then redis.call('RPUSH', KEYS[3], ARGV[5]) end
for _ = 1, 1000 do
  local oldest = redis.call('LINDEX', KEYS[3], 0)
  if not oldest or struct.unpack('>d', oldest) >= tonumber(ARGV[4]) then break end
  redis.call('LPOP', KEYS[3])
end
for i = 1, ids do redis.call('XACK', KEYS[2], ARGV[2], ARGV[7 + i]) end
redis.call('XTRIM', KEYS[2], 'MINID', ARGV[6])
return 1`
