import { isJsonObject } from '@bursar/core'
import { attachReceipt } from '@bursar/fetch'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { askUnpaid } from './ask-unpaid.js'
import type {
  PaidServer,
  ToolCall,
  ToolCallParams,
  ToolClient,
  ToolRequestOptions,
  ToolResultSchema
} from './paid-server.js'
import { type Bought, payForTool } from './pay-for-tool.js'

/**
 * Calls a tool, and pays for it where it asks. The client's own `callTool` does all but the request, so that its checks of a
 * result are made where they are made without a payment, and what it adds to a request is sent. What they refuse is handed over
 * all the same once it is paid for.
 *
 * @param rest what the caller gives the client's `callTool` behind the call.
 */
export async function callPaidTool(
  server: PaidServer,
  params: ToolCallParams,
  rest: readonly unknown[]
): Promise<unknown> {
  const { client } = server
  let handOver: (() => object) | undefined
  const request: ToolClient['request'] = async (asked, ...given) => {
    const call = { params: asked.params, ...readRest(given) }
    const { resultSchema = CallToolResultSchema } = call
    const unpaid = await askUnpaid(client, call)
    if ('result' in unpaid) return resultSchema.parse(unpaid.result)
    const bought = await payForTool(server, call, unpaid.challenge)
    handOver = () => withReceipt(resultSchema.parse(bought.result), bought)
    return handOver()
  }
  const paying = new Proxy(client, {
    get: (target, property) => (property === 'request' ? request : Reflect.get(target, property))
  })
  try {
    return await client.callTool.call(paying, params, ...rest)
  } catch (error) {
    if (!handOver) throw error
    return handOver()
  }
}

/** A schema and options in version 1 of the client, options alone in version 2. */
function readRest([second, third]: readonly unknown[]): Pick<ToolCall, 'resultSchema' | 'requestOptions'> {
  const [resultSchema, options] = isSchema(second) ? [second, third] : [undefined, second ?? third]
  return { resultSchema, requestOptions: isOptions(options) ? options : undefined }
}

function isSchema(value: unknown): value is ToolResultSchema {
  return typeof value === 'object' && value !== null && 'safeParse' in value && 'parse' in value
}

/** The client has types for them, and checks nothing either. */
function isOptions(value: unknown): value is ToolRequestOptions {
  return isJsonObject(value)
}

function withReceipt(result: object, { receipt }: Bought): object {
  return receipt ? attachReceipt(result, receipt) : result
}
