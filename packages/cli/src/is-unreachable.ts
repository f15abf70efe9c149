import { bursarErrorOf } from '@bursar/core'

/** Errors of ours that say that nobody answered. */
const codes = new Set<string>([
  'request/unreachable',
  'request/timeout',
  'rpc/unavailable',
  'service/unreachable',
  'chain/unavailable'
])

/** What the system and undici call a peer that does not answer. */
const systemCodes =
  /^(?:ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_|E(?:HOST|NET)UNREACH|ETIMEDOUT|EPIPE$|UND_ERR_(?:CONNECT|HEADERS|BODY|SOCKET))/

/** Whether an error says that a server or a chain could not be reached. */
export function isUnreachable(error: unknown): boolean {
  const known = bursarErrorOf(error)
  if (known) return codes.has(known.code)
  for (let at = error, depth = 0; at instanceof Error && depth < MAX_CAUSES; at = at.cause, depth++)
    if ('code' in at && systemCodes.test(String(at.code))) return true
  return false
}

const MAX_CAUSES = 8
