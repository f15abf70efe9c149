import type { Bursar, CallOptions } from '@bursar/fetch'
import type { McpServerAddress } from './server-url.js'

/** A call of a tool, as every version of the official client takes it. No interface: only so is it a record as well. */
export type ToolCallParams = {
  readonly name: string
  readonly arguments?: Readonly<Record<string, unknown>> | undefined
  readonly _meta?: Readonly<Record<string, unknown>> | undefined
}

/** A request for a call of a tool. */
interface ToolCallRequest {
  readonly method: 'tools/call'
  readonly params: ToolCallParams
}

/**
 * The official client, of version 1 (`@modelcontextprotocol/sdk`) or 2 (`@modelcontextprotocol/client`), or another with the
 * same calls. What follows the first argument differs: a schema and options in version 1, options alone in version 2.
 */
export interface ToolClient {
  readonly transport?: object | undefined
  callTool(params: ToolCallParams, ...rest: unknown[]): Promise<unknown>
  request(request: ToolCallRequest, ...rest: unknown[]): Promise<unknown>
}

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

/** The options of a request that are looked at here. The client knows more, which go with it as they are. */
export interface ToolRequestOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds. */
  readonly timeout?: number | undefined
  /** Milliseconds. */
  readonly maxTotalTimeout?: number | undefined
  readonly resumptionToken?: string | undefined
}

/** What a result is read by: a schema of zod, which version 1 of the client is given. */
export interface ToolResultSchema {
  parse(result: unknown): object
  safeParse(result: unknown): { readonly success: boolean }
}

/** One call of a tool. */
export interface ToolCall {
  readonly params: ToolCallParams
  /** Default: the SDK's own. */
  readonly resultSchema?: ToolResultSchema | undefined
  readonly requestOptions?: ToolRequestOptions | undefined
}
