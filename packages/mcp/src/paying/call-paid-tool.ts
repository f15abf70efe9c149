import { attachReceipt } from '@bursar/fetch'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { askUnpaid } from './ask-unpaid.js'
import type { PaidServer, ToolCall, ToolCallRest, ToolClient } from './paid-server.js'
import { type Bought, payForTool } from './pay-for-tool.js'

type CallToolAnswer = Awaited<ReturnType<ToolClient['callTool']>>

/**
 * Calls a tool, and pays for it where it asks. The client's own `callTool` does all but the request, so that its checks of a
 * result are made where they are made without a payment. What they refuse is handed over all the same once it is paid for.
 */
export async function callPaidTool(
  server: PaidServer,
  call: ToolCall,
  rest: ToolCallRest
): Promise<CallToolAnswer> {
  const { client } = server
  const { params, resultSchema = CallToolResultSchema } = call
  let bought: Bought | undefined
  const request = async (): Promise<CallToolAnswer> => {
    const unpaid = await askUnpaid(client, call)
    if ('result' in unpaid) return resultSchema.parse(unpaid.result)
    bought = await payForTool(server, call, unpaid.challenge)
    return withReceipt(resultSchema.parse(bought.result), bought)
  }
  const paying = new Proxy(client, {
    get: (target, property) => (property === 'request' ? request : Reflect.get(target, property))
  })
  try {
    return await client.callTool.call(paying, params, ...rest)
  } catch (error) {
    if (!bought) throw error
    return withReceipt(resultSchema.parse(bought.result), bought)
  }
}

function withReceipt(result: CallToolAnswer, { receipt }: Bought): CallToolAnswer {
  return receipt ? attachReceipt(result, receipt) : result
}
