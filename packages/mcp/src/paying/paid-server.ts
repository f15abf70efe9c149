import type { Bursar, CallOptions } from '@bursar/fetch'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type {
  CallToolRequest,
  CallToolResultSchema,
  CompatibilityCallToolResultSchema
} from '@modelcontextprotocol/sdk/types.js'
import type { McpServerAddress } from './server-url.js'

/** The official client, or another with the same calls. */
export type ToolClient = Pick<Client, 'callTool' | 'request' | 'transport'>

/** What pays for tools: a bursar. */
export type ToolBursar = Pick<Bursar, 'pay' | 'receiptOf'>

/** How tools are paid. What is not here is as the bursar has it. */
export interface PayingClientOptions extends Omit<CallOptions, 'checkUrl' | 'signIn' | 'offers'> {
  /**
   * The server, by which limits, pins, price history and record go. Default: where the client's transport leads, which
   * those of the official SDK over HTTP and over standard input and output say.
   *
   * @example { server: 'https://mcp.example.com/mcp' }
   */
  readonly server?: McpServerAddress | undefined
}

/** A server whose tools are paid, and how. */
export interface PaidServer {
  readonly client: ToolClient
  readonly bursar: ToolBursar
  readonly options: PayingClientOptions
}

/** What a caller gives the client's `callTool` behind the call: a schema and options, or options alone in the SDK's version 2. */
export type ToolCallRest = Parameters<ToolClient['callTool']> extends [unknown, ...infer Rest] ? Rest : never

/** One call of a tool. */
export interface ToolCall {
  readonly params: CallToolRequest['params']
  readonly resultSchema?: typeof CallToolResultSchema | typeof CompatibilityCallToolResultSchema | undefined
  readonly requestOptions?: RequestOptions | undefined
}
