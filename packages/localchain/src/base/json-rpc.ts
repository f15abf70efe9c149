/** One JSON-RPC call. */
export type RpcCall = readonly [method: string, params?: readonly unknown[]]

interface RpcAnswer {
  readonly id: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/**
 * Makes calls in one round trip, in order, and gives their results.
 *
 * @throws {TypeError} with the node's words when one fails.
 */
export async function rpc(url: string, calls: readonly RpcCall[]): Promise<unknown[]> {
  const batch = calls.map(([method, params = []], id) => ({ jsonrpc: '2.0', id, method, params }))
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(batch) })
  const answers = (await response.json()) as RpcAnswer[]
  return answers
    .sort((a, b) => a.id - b.id)
    .map(({ id, result, error }) => {
      if (error) throw new TypeError(`${calls[id]?.[0]}: ${error.message}`)
      return result
    })
}
