/**
 * Every change is one script, so that it happens whole or not at all: what may refuse it (a permission, too little memory)
 * refuses it before the first write. Revisions are Redis's time in ms, so those of a copy that lost changes are behind.
 */
const permitted = `
local function refusal(commands)
  if redis.acl_check_cmd == nil then return nil end
  for _, command in ipairs(commands) do
    if not redis.acl_check_cmd(unpack(command)) then
      return redis.error_reply('NOPERM this user may not ' .. command[1] .. ' ' .. command[2])
    end
  end
end
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function whole(number) return string.format('%.0f', number) end
-- A client may send again, minutes later, what was given up long ago.
local function late(deadline)
  if now() > tonumber(deadline) then return redis.error_reply('LATE nobody waits for this change any more; nothing was written') end
end
`;

/**
 * A switch takes some bytes, and the night in which it is needed may be the one in which Redis is full. So it is written, and
 * acknowledged, past `maxmemory`, as the first line of a script may ask of Redis 7.
 */
const pastMemory = '#!lua flags=allow-oom\n';

/** KEYS: any of those that a change is about. Returns the time that its deadline is counted from. */
export const askTime: string = `${permitted}
return whole(now())
`;

/**
 * KEYS: switches, audit. ARGV: channel, field, state as JSON or '' to take it back, members of the audit entry and of the message
 * as JSON, deadline.
 */
export const changeSwitch: string = `${pastMemory}${permitted}
local refused = refusal({
  { 'XADD', KEYS[2], '*', 'entry', '' },
  { ARGV[3] == '' and 'HDEL' or 'HSET', KEYS[1], ARGV[2], ARGV[3] },
  { 'HSET', KEYS[1], 'revision', '0' },
  { 'PUBLISH', ARGV[1], '' },
}) or late(ARGV[6])
if refused then return refused end
local at = now()
local previous = tonumber(redis.call('HGET', KEYS[1], 'revision') or '0')
local revision = math.max(previous + 1, at)
redis.call('XADD', KEYS[2], 'MAXLEN', '~', '10000', '*', 'entry',
  '{"action":"switch","at":' .. whole(at) .. ',"revision":' .. whole(revision) .. ',' .. ARGV[4] .. '}')
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[2]) else redis.call('HSET', KEYS[1], ARGV[2], ARGV[3]) end
redis.call('HSET', KEYS[1], 'revision', whole(revision))
local message = '{"kind":"switches","revision":' .. whole(revision) .. ',"previous":' .. whole(previous) .. ',' .. ARGV[5] .. '}'
redis.call('PUBLISH', ARGV[1], message)
return message
`;

/** KEYS: document, versions, audit. ARGV: channel, revision expected or '', text, who, why, what changed, these three as JSON members, deadline. */
export const replaceDocument: string = `${permitted}
local refused = refusal({
  { 'XADD', KEYS[3], '*', 'entry', '' },
  { 'XADD', KEYS[2], '*', 'text', '' },
  { 'HSET', KEYS[1], 'revision', '0' },
  { 'PUBLISH', ARGV[1], '' },
}) or late(ARGV[8])
if refused then return refused end
local current = redis.call('HGET', KEYS[1], 'revision') or ''
if current ~= ARGV[2] then return { 'conflict', current, redis.call('HGET', KEYS[1], 'text') or '' } end
local at = now()
-- Also where the document was taken away by hand: the versions remember how far it was.
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', '1')[1]
local previous = tonumber(current) or 0
local before = math.max(previous, last and tonumber(string.match(last[1], '^%d+')) or 0)
local revision = whole(math.max(before + 1, at))
local from = current == '' and 'null' or '"' .. current .. '"'
redis.call('XADD', KEYS[3], 'MAXLEN', '~', '10000', '*', 'entry',
  '{"action":"document","at":' .. whole(at) .. ',"from":' .. from .. ',"to":"' .. revision .. '",' .. ARGV[7] .. '}')
redis.call('XADD', KEYS[2], 'MAXLEN', '50', revision .. '-0',
  'text', ARGV[3], 'at', whole(at), 'by', ARGV[4], 'why', ARGV[5], 'summary', ARGV[6])
redis.call('HSET', KEYS[1], 'revision', revision, 'text', ARGV[3])
local message = '{"kind":"document","revision":' .. revision .. ',"previous":' .. whole(previous) .. '}'
redis.call('PUBLISH', ARGV[1], message)
return { 'written', revision, message }
`;

/** KEYS: followers. ARGV: id, revision, how long it counts in ms, '1' to sweep out those that count no more. */
export const noteFollower: string = `${pastMemory}${permitted}
local at = now()
if ARGV[4] == '1' then
  local entries = redis.call('HGETALL', KEYS[1])
  for index = 1, #entries, 2 do
    local ends = tonumber(string.match(entries[index + 1], '%d+$'))
    if ends == nil or ends < at then redis.call('HDEL', KEYS[1], entries[index]) end
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. whole(at) .. ' ' .. whole(at + ARGV[3]))
return 'OK'
`;

/** KEYS: followers. Returns the time and the hash as pairs in a row. */
export const listFollowers: string = `${permitted}
return { whole(now()), redis.call('HGETALL', KEYS[1]) }
`;
