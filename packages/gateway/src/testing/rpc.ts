/** Asks the node for what the chain's own interface does not have. */
export async function rpc(
  chain: { readonly rpcUrl: string },
  method: string,
  ...params: unknown[]
): Promise<unknown> {
  const response = await fetch(chain.rpcUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  })
  const answer = await response.json()
  if (answer.error) throw new TypeError(`${method}: ${answer.error.message}`)
  return answer.result
}
