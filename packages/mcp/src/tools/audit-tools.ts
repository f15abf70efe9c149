import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { McpContext } from '../context.js'
import { toResult } from '../tool-output.js'
import { readBalance } from './read-balance.js'
import { readHistory } from './read-history.js'
import { readOnly, spendsNothing } from './tool-words.js'

const MAX_DAYS = 366
const MAX_PURCHASES = 200

/** Adds the tools that show what was spent and what is left. */
export function addAuditTools(server: McpServer, context: McpContext): void {
  server.registerTool(
    'balance',
    {
      title: 'What is left',
      description: `Says what the wallets hold, and what is left of each limit. ${spendsNothing}`,
      annotations: readOnly
    },
    () => toResult(readBalance(context))
  )
  server.registerTool(
    'history',
    {
      title: 'What was bought',
      description: `Lists purchases, newest first. ${spendsNothing}`,
      inputSchema: {
        days: z.number().positive().max(MAX_DAYS).default(7),
        limit: z.number().int().positive().max(MAX_PURCHASES).default(20)
      },
      annotations: readOnly
    },
    (request) => toResult(readHistory(context, request))
  )
}
