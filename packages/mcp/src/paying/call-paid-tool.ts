import { isJsonObject, type JsonObject } from '@bursar/core'
import { attachReceipt, type Receipt } from '@bursar/fetch'
import { CallToolResultSchema, ResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { canonicalJson } from './canonical-json.js'
import { challengeIn, challengeInError } from './challenge-in.js'
import type { PaidServer, ToolCall, ToolClient } from './paid-server.js'
import { sendPaid } from './send-paid.js'
import { addressOf, serverUrl, toolUrl } from './server-url.js'

type CallToolAnswer = Awaited<ReturnType<ToolClient['callTool']>>

/** What a payment bought. */
interface Bought {
  readonly result: JsonObject
  readonly receipt: Receipt | undefined
}

/**
 * Calls a tool, and pays for it where it asks. The client's own `callTool` does all but the request, so that its checks of a
 * result are made where they are made without a payment. What they refuse is handed over all the same once it is paid for.
 */
export async function callPaidTool(server: PaidServer, call: ToolCall): Promise<CallToolAnswer> {
  const { client } = server
  const { params, resultSchema = CallToolResultSchema, requestOptions } = call
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
    return await client.callTool.call(paying, params, resultSchema, requestOptions)
  } catch (error) {
    if (!bought) throw error
    return withReceipt(resultSchema.parse(bought.result), bought)
  }
}

/** Calls without a payment. @throws what the client does, where that is no challenge. */
async function askUnpaid(
  client: ToolClient,
  { params, requestOptions }: ToolCall
): Promise<{ readonly result: unknown } | { readonly challenge: JsonObject }> {
  try {
    const request = { method: 'tools/call', params } as const
    const result: unknown = await client.request(request, ResultSchema, requestOptions)
    const challenge = isJsonObject(result) ? challengeIn(result) : undefined
    return challenge ? { challenge } : { result }
  } catch (error) {
    const challenge = challengeInError(error)
    if (!challenge) throw error
    return { challenge }
  }
}

async function payForTool(server: PaidServer, call: ToolCall, challenge: JsonObject): Promise<Bought> {
  const { client, bursar } = server
  const { server: address, ...options } = server.options
  const { params, requestOptions } = call
  const seller = await serverUrl(address ?? addressOf(client.transport))
  const givenUp = new AbortController()
  const signals = requestOptions?.signal ? [requestOptions.signal, givenUp.signal] : [givenUp.signal]
  const response = await bursar.pay(challenge, {
    ...options,
    origin: toolUrl(seller, params.name),
    body: canonicalJson({ tool: params.name, arguments: params.arguments ?? {} }),
    signal: AbortSignal.any(signals),
    send: (payment) => sendPaid(client, call, { payment, giveUp: (reason) => givenUp.abort(reason) })
  })
  const result: unknown = await response.json()
  return { result: isJsonObject(result) ? result : {}, receipt: bursar.receiptOf(response) }
}

function withReceipt(result: CallToolAnswer, { receipt }: Bought): CallToolAnswer {
  return receipt ? attachReceipt(result, receipt) : result
}
