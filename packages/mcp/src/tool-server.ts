import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { ToolsContext } from './context.js'
import { personAt } from './host/ask-person.js'
import { type SdkCall, type ToolCall, toolCallOf } from './host/tool-call.js'
import { addAuditTools } from './tools/audit-tools.js'
import { addGenerationTools } from './tools/generation-tools.js'
import { addPaymentTools } from './tools/payment-tools.js'
import { defaultTools, toolNames } from './tools/tool-names.js'
import type { ToolSet } from './tools/tool-set.js'

/** A server that has the tools. */
export class ToolServer extends McpServer {
  constructor(context: ToolsContext, version: string) {
    super({ name: 'bursar', version })
    const askPerson = personAt(this.server)
    const readCall = (call: SdkCall): ToolCall =>
      toolCallOf(call, { client: this.server.getClientVersion()?.name ?? context.client, askPerson })
    const set: ToolSet = { server: this, context, readCall }
    const all = { ...addPaymentTools(set), ...addGenerationTools(set), ...addAuditTools(set) }
    const { tools: offered = defaultTools } = context
    for (const name of toolNames) if (!offered.includes(name)) all[name].remove()
  }
}
