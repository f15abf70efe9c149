import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { ToolsContext } from '../context.js'
import type { SdkCall, ToolCall } from '../host/tool-call.js'

/** What tools are added to, and work with. */
export interface ToolSet {
  readonly server: McpServer
  readonly context: ToolsContext
  /** Reads what the SDK hands to a tool beside its arguments. */
  readonly readCall: (call: SdkCall) => ToolCall
}
