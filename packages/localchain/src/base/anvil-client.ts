import {
  type Client,
  createClient,
  type Hash,
  type HttpTransport,
  http,
  type PublicRpcSchema,
  rpcSchema,
  type TestRpcSchema,
  type WalletRpcSchema
} from 'viem'
import { waitForTransactionReceipt } from 'viem/actions'
import { chainUnavailable } from '../chain-unavailable.js'

type AnvilSchema = [...PublicRpcSchema, ...WalletRpcSchema, ...TestRpcSchema<'anvil'>]

/** A client that knows anvil's own methods beside the standard ones. */
export type AnvilClient = Client<HttpTransport, undefined, undefined, AnvilSchema>

/** Connects to a local anvil. Calls that are made at the same time share one request. */
export function createAnvilClient(rpcUrl: string): AnvilClient {
  return createClient({
    transport: http(rpcUrl, { batch: true, retryCount: 0 }),
    rpcSchema: rpcSchema<AnvilSchema>(),
    pollingInterval: 50,
    cacheTime: 0
  })
}

/** @throws {BursarError} `chain/unavailable` when the transaction reverts. */
export async function assertMined(client: AnvilClient, hash: Hash): Promise<void> {
  const { status } = await waitForTransactionReceipt(client, { hash })
  if (status !== 'success') throw chainUnavailable('base', `its transaction ${hash} reverted`)
}
