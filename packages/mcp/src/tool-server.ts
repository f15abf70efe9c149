import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { ToolsContext } from './context.js'
import { type SdkCall, type ToolCall, toolCallOf } from './host/tool-call.js'
import { addAuditTools } from './tools/audit-tools.js'
import { addGenerationTools } from './tools/generation-tools.js'
import { addPaymentTools } from './tools/payment-tools.js'

/** A server that has the tools. */
export class ToolServer extends McpServer {
  constructor(context: ToolsContext, version: string) {
    super({ name: 'bursar', version })
    const readCall = (call: SdkCall): ToolCall =>
      toolCallOf(call, this.server.getClientVersion()?.name ?? context.client)
    const tools = { server: this, context, readCall }
    addPaymentTools(tools)
    addGenerationTools(tools)
    addAuditTools(this, context)
  }
}
