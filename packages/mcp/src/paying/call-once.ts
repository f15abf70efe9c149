import { isJsonObject } from '@bursar/core'
import { ResultSchema } from '@modelcontextprotocol/sdk/types.js'
import type { RawResult } from './challenge-in.js'
import type { ToolCallParams, ToolClient, ToolRequestOptions } from './paid-server.js'

/** Calls a tool with what is given, and reads of its result only that it is an object. @throws what the client does. */
export async function callOnce(
  client: Pick<ToolClient, 'request'>,
  params: ToolCallParams,
  options: ToolRequestOptions | undefined
): Promise<RawResult> {
  const result = await client.request({ method: 'tools/call', params }, ResultSchema, options)
  return isJsonObject(result) ? result : {}
}
