import { canonicalJson, eitherSignal, isJsonObject, type JsonObject } from '@bursar/core'
import type { Receipt } from '@bursar/fetch'
import type { PaidServer, ToolCall } from './paid-server.js'
import { sendPaid } from './send-paid.js'
import { addressOf, serverUrl, toolUrl } from './server-url.js'

/** What a payment bought. */
export interface Bought {
  readonly result: JsonObject
  readonly receipt: Receipt | undefined
}

/** Pays for a call of a tool. @throws what `bursar.pay` throws. */
export async function payForTool(server: PaidServer, call: ToolCall, challenge: JsonObject): Promise<Bought> {
  const { client, bursar } = server
  const { server: address, ...options } = server.options
  const { params, requestOptions } = call
  const seller = await serverUrl(address ?? addressOf(client.transport))
  const givenUp = new AbortController()
  const response = await bursar.pay(challenge, {
    ...options,
    origin: toolUrl(seller, params.name),
    body: canonicalJson({ tool: params.name, arguments: params.arguments ?? {} }),
    signal: eitherSignal(requestOptions?.signal, givenUp.signal),
    send: (payment) => sendPaid(client, call, { payment, giveUp: (reason) => givenUp.abort(reason) })
  })
  const result: unknown = await response.json()
  return { result: isJsonObject(result) ? result : {}, receipt: bursar.receiptOf(response) }
}
