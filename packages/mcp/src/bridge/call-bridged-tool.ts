import type { JsonObject } from '@bursar/core'
import { keepFirst } from '@bursar/fetch'
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type { CallToolRequest, Result } from '@modelcontextprotocol/sdk/types.js'
import type { CallRun, RunTool } from '../calls/call-run.js'
import { failureText } from '../failure-text.js'
import type { SdkCall } from '../host/tool-call.js'
import { waitFor } from '../host/wait-for.js'
import { moneyWords } from '../money-words.js'
import { askUnpaid } from '../paying/ask-unpaid.js'
import { payForTool } from '../paying/pay-for-tool.js'
import { resultOf, type ToolOutput } from '../tool-output.js'
import { checkSent } from '../tools/check-sent.js'
import { AGENT, type BridgeTools } from './bridge-context.js'
import { bridgedResult, paidBy, stillRunning, unreadable } from './bridged-result.js'
import { forwardedOptions } from './forward.js'

/** A call as it is made again at the paid server: without what its host says beside its arguments. */
type PlainCall = Pick<CallToolRequest['params'], 'name' | 'arguments'>

/**
 * Calls a tool of the paid server. One that costs nothing is handed on as it is, both ways. One that asks for payment is
 * paid, and goes on whether or not its host waits: an equal call has its result, as long as nobody was given it.
 */
export async function callBridgedTool(
  bridge: BridgeTools,
  { name, arguments: given }: CallToolRequest['params'],
  extra: SdkCall
): Promise<Result> {
  const { link, server, prices, secrets = [] } = bridge
  const params = { name, arguments: given ?? {} }
  try {
    checkSent({ url: server.url.href, body: JSON.stringify(params) }, secrets)
  } catch (error) {
    return resultOf({ failure: failureText(error) })
  }
  const unpaid = await askUnpaid(await link.client(), { params, requestOptions: forwardedOptions(extra) })
  if ('result' in unpaid) return unreadable(unpaid.result) ?? unpaid.result
  const isNews = await prices.note(name, unpaid.challenge)
  try {
    return await answerPaid(bridge, { params, challenge: unpaid.challenge }, extra)
  } catch (error) {
    return resultOf({ failure: failureText(error) })
  } finally {
    if (isNews) await extra.sendNotification({ method: 'notifications/tools/list_changed' }).catch(() => {})
  }
}

/** A call that has a price. */
interface PricedTool {
  readonly params: PlainCall
  readonly challenge: JsonObject
}

async function answerPaid(bridge: BridgeTools, tool: PricedTool, extra: SdkCall): Promise<Result> {
  const { calls, clock, confirmation, deliveries, server } = bridge
  const { name } = tool.params
  const call = bridge.readCall(extra)
  const request = { server: server.url.href, arguments: tool.params.arguments }
  const run: RunTool = (own) => {
    const bought = () => buy(bridge, tool, own)
    return confirmation ? confirmation.during(call.askPerson, bought) : bought()
  }
  const open = await calls.begin({ agent: AGENT, tool: name, request }, run)
  const outcome = await waitFor(open.ended, { call, clock, what: name })
  if (!outcome) return stillRunning()
  const result = bridgedResult(outcome)
  const unread = unreadable(result, paidBy(outcome))
  // What nobody could be given is not bought again by a host that tries once more.
  if (unread) return unread
  calls.deliver(open.record(), deliveries.expect(call.id, call.signal))
  return result
}

/** Pays for a call, and keeps its result until somebody was given it. */
function buy(
  { bursar, link, server }: BridgeTools,
  { params, challenge }: PricedTool,
  { labels, signal, keep }: CallRun
): Promise<ToolOutput> {
  return keepFirst(async (answerKept) => {
    // Another bridge of the same operator may have an equal call in flight.
    const options = {
      server: server.address,
      tenant: labels.agent,
      labels,
      inFlight: 'join',
      answerKept
    } as const
    const requestOptions: RequestOptions = { signal }
    const paid = { client: await link.client(), bursar, options }
    const { result, receipt } = await payForTool(paid, { params, requestOptions }, challenge)
    const output = { result, ...(receipt ? { paid: paidText(receipt) } : {}) }
    await keep(output)
    return output
  })
}

function paidText({ moneyState, amount, symbol, isTest, network, transaction }: PaidFacts): string {
  const what = `${moneyWords({ amount, symbol, isTest })} on ${network}`
  if (moneyState === 'sent') return `nothing yet that is known; ${what} can still be taken`
  return transaction ? `${what}, transaction ${transaction}` : what
}

type PaidFacts = Pick<
  NonNullable<Awaited<ReturnType<typeof payForTool>>['receipt']>,
  'moneyState' | 'amount' | 'symbol' | 'isTest' | 'network' | 'transaction'
>
