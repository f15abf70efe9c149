import { chainFetch } from '../../chain-fetch.js'
import { chainUnavailable } from '../../chain-unavailable.js'
import type { RawAccount } from '../solana-engine.js'

/** An account as `surfnet_exportSnapshot` writes it. */
interface ExportedAccount {
  readonly owner: string
  readonly lamports: number
  /** Base64. */
  readonly data: string
}

/** Reads every account of the network. */
export async function exportAccounts(rpcUrl: string): Promise<ReadonlyMap<string, RawAccount>> {
  const result: { readonly value: Readonly<Record<string, ExportedAccount>> } = await call(
    rpcUrl,
    'surfnet_exportSnapshot'
  )
  return new Map(
    Object.entries(result.value).map(([address, { owner, lamports, data }]) => [
      address,
      { address, owner, lamports: BigInt(lamports), data: Buffer.from(data, 'base64') }
    ])
  )
}

/** Takes the network back to its beginning: to slot 0, without any accounts but Solana's own. */
export async function resetNetwork(rpcUrl: string): Promise<void> {
  await call(rpcUrl, 'surfnet_resetNetwork')
}

/** @throws {BursarError} `chain/unavailable` with the node's message when the call fails. */
async function call<Result>(rpcUrl: string, method: string): Promise<Result> {
  const response = await chainFetch(rpcUrl)(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: [] })
  })
  const answer: { readonly result: Result; readonly error?: { readonly message: string } } =
    await response.json()
  if (answer.error) throw chainUnavailable('solana', `${method}: ${answer.error.message}`)
  return answer.result
}
