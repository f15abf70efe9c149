import type { Rpc } from '@bursar/core'
import { createPublicClient, custom, type PublicClient } from 'viem'

/** A viem client whose calls all go to one endpoint. The chain reader retries, so that viem does not. */
export function createViemClient(rpc: Rpc): PublicClient {
  return createPublicClient({
    cacheTime: 0,
    transport: custom(
      {
        request: ({ method, params }: { readonly method: string; readonly params?: readonly unknown[] }) =>
          rpc(method, params)
      },
      { retryCount: 0 }
    )
  })
}
