import { createHash } from 'node:crypto'
import { canonicalJson } from '@bursar/core'

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
    .update(canonicalJson([agent, tool, request]))
    .digest('hex')
}
