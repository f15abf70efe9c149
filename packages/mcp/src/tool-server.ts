import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { ToolsContext } from './context.js'
import { addAuditTools } from './tools/audit-tools.js'
import { addGenerationTools } from './tools/generation-tools.js'
import { addPaymentTools } from './tools/payment-tools.js'

/** A server that has the tools. */
export class ToolServer extends McpServer {
  constructor(context: ToolsContext, version: string) {
    super({ name: 'bursar', version })
    addPaymentTools(this, context)
    addGenerationTools(this, context)
    addAuditTools(this, context)
  }
}
