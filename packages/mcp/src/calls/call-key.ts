import { createHash } from 'node:crypto'
import { isJsonObject } from '@bursar/core'

/** What makes calls of tools equal. */
export interface CallIdentity {
  /** Who calls. Calls of two agents are never equal. */
  readonly agent: string
  readonly tool: string
  /** What the tool was called with, in any order. */
  readonly request: unknown
}

/** A hash that equal calls share: agent, tool and arguments. */
export function callKey({ agent, tool, request }: CallIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([agent, tool, sorted(request)]))
    .digest('hex')
}

/** The same value with the keys of its objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([name, item]) => [name, sorted(item)])
}
