import * as z from 'zod'
import { answerSpending } from '../host/answer-call.js'
import { toResult } from '../tool-output.js'
import { readBalance } from './read-balance.js'
import { readHistory } from './read-history.js'
import type { ToolSet } from './tool-set.js'
import { readOnly, spending, spendsMoney, spendsNothing } from './tool-words.js'
import { topUp } from './top-up.js'

const MAX_DAYS = 366
const MAX_PURCHASES = 200

/** Adds the tools that show what was spent and what is left. */
export function addAuditTools({ server, context, readCall }: ToolSet) {
  const balance = server.registerTool(
    'balance',
    {
      title: 'What is left',
      description: `Says what the wallets hold, and what is left of each limit. ${spendsNothing}`,
      annotations: readOnly
    },
    () => toResult(readBalance(context))
  )
  const history = server.registerTool(
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
  const topUps = server.registerTool(
    'top_up',
    {
      title: 'Top the prepaid balance up',
      description: `Puts USDC on the prepaid balance at imgnAI Katana, which texts are paid from. ${spendsMoney} The service adds its gas.`,
      inputSchema: { usdc: z.string().describe('what is put on it, such as "1.00"') },
      annotations: spending
    },
    (request, extra) =>
      answerSpending(context, readCall(extra), {
        tool: 'top_up',
        request,
        run: (run) => topUp(context, request.usdc, run)
      })
  )
  return { balance, history, top_up: topUps }
}
