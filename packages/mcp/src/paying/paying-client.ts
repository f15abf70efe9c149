import { checkFlag, checkFunction, checkOptions, type OptionChecks, unchecked } from '@bursar/core'
import { callPaidTool } from './call-paid-tool.js'
import type { PayingClientOptions, ToolBursar, ToolClient } from './paid-server.js'
import { assertUnpaid } from './payment-meta.js'
import { checkServer } from './server-url.js'

const payingClientChecks: OptionChecks<PayingClientOptions> = {
  server: checkServer,
  // `pay` checks what it is given, before anything is signed.
  purchase: unchecked,
  inFlight: unchecked,
  answerKept: unchecked,
  tenant: unchecked,
  labels: unchecked,
  onPurchase: checkFunction,
  prefer: unchecked,
  again: checkFlag,
  rejectionReason: checkFunction
}

/**
 * Makes the official client's `callTool` pay for tools that ask for it by x402: once, within the bursar's limits, with a
 * record. All else is the client's own, which is left as it is.
 *
 * A call is known by its server, tool and arguments. One whose answer was lost is carried on by an equal call, and not paid
 * again. The receipt of a result: `bursar.receiptOf(result)`.
 *
 * @param client connected, or to be connected later.
 * @example
 * ```ts
 * import { Client } from '@modelcontextprotocol/sdk/client/index.js'
 * import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
 *
 * const client = new Client({ name: 'my-agent', version: '1.0.0' })
 * await client.connect(new StreamableHTTPClientTransport(new URL('https://mcp.example.com/mcp')))
 * const paying = payingClient(client, bursar)
 * const report = await paying.callTool({ name: 'report', arguments: { day: 1 } })
 * ```
 * @throws {TypeError} for an unknown or malformed option. `callTool` throws what the client does, and, of a tool that asks
 * for payment, what `bursar.pay` throws.
 * @see x402 MCP transport v2
 */
export function payingClient<C extends ToolClient>(
  client: C,
  bursar: ToolBursar,
  options: PayingClientOptions = {}
): C {
  checkOptions(options, payingClientChecks, 'payingClient')
  const callTool: ToolClient['callTool'] = async (params, ...rest) => {
    assertUnpaid(params._meta)
    return callPaidTool({ client, bursar, options }, params, rest)
  }
  return new Proxy(client, {
    get(target, property) {
      if (property === 'callTool') return callTool
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    }
  })
}
