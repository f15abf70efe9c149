import {
  type Client,
  createClient,
  type HttpTransport,
  http,
  type PublicRpcSchema,
  rpcSchema,
  type TestRpcSchema,
  type WalletRpcSchema
} from 'viem'
import { chainFetch } from '../chain-fetch.js'

type AnvilSchema = [...PublicRpcSchema, ...WalletRpcSchema, ...TestRpcSchema<'anvil'>]

/** A client that knows anvil's own methods beside the standard ones. */
export type AnvilClient = Client<HttpTransport, undefined, undefined, AnvilSchema>

/** Connects to a local anvil. Calls that are made at the same time share one request. */
export function createAnvilClient(rpcUrl: string): AnvilClient {
  return createClient({
    transport: http(rpcUrl, { retryCount: 0, fetchFn: chainFetch(rpcUrl) }),
    rpcSchema: rpcSchema<AnvilSchema>(),
    cacheTime: 0
  })
}
