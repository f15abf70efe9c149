import { formatUsdc, parseUsdc } from '@bursar/core'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  ListToolsResultSchema,
  type ServerCapabilities
} from '@modelcontextprotocol/sdk/types.js'
import { Calls } from '../calls/calls.js'
import { MemoryJournal } from '../calls/memory-journal.js'
import { assertBridge } from '../context-checks.js'
import { personAt } from '../host/ask-person.js'
import { Deliveries } from '../host/deliveries.js'
import { ObservedTransport } from '../host/observed-transport.js'
import { toolCallOf } from '../host/tool-call.js'
import { askHostOf } from './ask-host.js'
import type { BridgeContext, BridgeTools } from './bridge-context.js'
import { callBridgedTool } from './call-bridged-tool.js'
import { forwardedOptions, forwardTheRest, forwardToHost } from './forward.js'
import { askableOf } from './host-questions.js'
import { ServerLink } from './server-link.js'
import { ToolPrices } from './tool-prices.js'

/** A server that shows the tools of another and pays for them. */
export interface McpBridge {
  /** Serves one host. */
  connect(transport: Transport): Promise<void>
  /** Aborts when the paid server ends by itself. */
  readonly lost: AbortSignal
  /** Ends both connections, and the calls that are under way: an equal call goes on with them after the next start. */
  stop(): Promise<void>
}

/**
 * Builds a server for a host that shows the tools of a paid server with their prices, and pays for them. All else of that
 * server is handed on as it is. What may be spent, and at which server, is fixed before it starts.
 *
 * @throws {TypeError} when something of the context is missing, unknown or malformed.
 * @see https://modelcontextprotocol.io/specification
 */
export function createBridge(context: BridgeContext): McpBridge {
  assertBridge(context)
  const { client } = context.server
  const { name = 'paid server', version = '0' } = client.getServerVersion() ?? {}
  const instructions = client.getInstructions()
  const server = new Server(
    { name, version },
    {
      capabilities: capabilitiesOf(client.getServerCapabilities()),
      ...(instructions ? { instructions } : {})
    }
  )
  const askPerson = personAt(server)
  const askHost = askHostOf(server, context)
  const link = new ServerLink(context.server, (each) => forwardToHost(server, askHost, each))
  server.oninitialized = () => link.beginAs(askableOf(server.getClientCapabilities()))
  const bridge: BridgeTools = {
    ...context,
    link,
    calls: new Calls(context, context.journal ?? new MemoryJournal(context.clock)),
    deliveries: new Deliveries(),
    prices: new ToolPrices(() => maxPaymentOf(context)),
    readCall: (call) => toolCallOf(call, { client: server.getClientVersion()?.name, askPerson })
  }
  addTools(server, bridge)
  forwardTheRest(server, link)
  return {
    lost: link.lost,
    connect: (transport) => server.connect(new ObservedTransport(transport, bridge.deliveries)),
    async stop() {
      await server.close()
      await bridge.calls.stop()
      await link.close()
    }
  }
}

/** The most that one payment may cost now, in words. */
function maxPaymentOf({ limits, currentLimits }: BridgeContext): string {
  const { payment } = currentLimits?.() ?? limits
  return `${formatUsdc(parseUsdc(payment))} USD`
}

/** What the paid server can do, as far as it is handed on. */
function capabilitiesOf({
  resources,
  prompts,
  completions,
  logging
}: ServerCapabilities = {}): ServerCapabilities {
  return {
    tools: { listChanged: true },
    ...(resources && { resources }),
    ...(prompts && { prompts }),
    ...(completions && { completions }),
    ...(logging && { logging })
  }
}

function addTools(server: Server, bridge: BridgeTools): void {
  const { link, prices } = bridge
  server.setRequestHandler(ListToolsRequestSchema, async ({ params }, extra) => {
    const { cursor } = params ?? {}
    const request = { method: 'tools/list', params: cursor === undefined ? {} : { cursor } }
    const client = await link.client()
    const list = await client.request(request, ListToolsResultSchema, forwardedOptions(extra))
    return { ...list, tools: await Promise.all(list.tools.map((tool) => prices.describe(tool))) }
  })
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) =>
    callBridgedTool(bridge, params, extra)
  )
  // The SDK would answer this one itself.
  server.removeRequestHandler('logging/setLevel')
}
