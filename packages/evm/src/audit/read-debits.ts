import type { Debit, NetworkId } from '@bursar/core'
import type { PublicClient } from 'viem'
import { type Address, readAddress } from '../address/address.js'
import { readPermit2Nonce } from '../permit2/read-permit2-nonce.js'
import { readLogTime } from '../rpc/block-time.js'
import { findFirstBlockSince } from '../rpc/find-block.js'
import { transferEvent, usedEvent } from '../rpc/token-abi.js'

/** Public endpoints answer for ranges of this many blocks. */
const BLOCKS_PER_CALL = 2_000n

/** Which transfers are read. */
export interface DebitQuery {
  readonly network: NetworkId
  /** The tokens whose transfers are read. */
  readonly tokens: Address[]
  readonly owner: Address
  /** Unix milliseconds. */
  readonly fromMs: number
}

/** Reads every transfer out of an account since a time, with the authorization that each used. */
export async function readDebits(client: PublicClient, query: DebitQuery): Promise<readonly Debit[]> {
  const latest = await client.getBlock()
  const first = await findFirstBlockSince(client, BigInt(Math.floor(query.fromMs / 1000)), latest)
  const debits: Debit[] = []
  for (let fromBlock = first; fromBlock <= latest.number; fromBlock += BLOCKS_PER_CALL) {
    const end = fromBlock + BLOCKS_PER_CALL - 1n
    const toBlock = end < latest.number ? end : latest.number
    debits.push(...(await readRange(client, query, { fromBlock, toBlock })))
  }
  return debits
}

async function readRange(
  client: PublicClient,
  { network, tokens, owner }: DebitQuery,
  blocks: { readonly fromBlock: bigint; readonly toBlock: bigint }
): Promise<Debit[]> {
  const range = { address: tokens, strict: true, ...blocks } as const
  const [transfers, uses] = await Promise.all([
    client.getLogs({ ...range, event: transferEvent, args: { from: owner } }),
    client.getLogs({ ...range, event: usedEvent, args: { authorizer: owner } })
  ])
  // A token reports the use of an authorization, and right after it the transfer.
  const nonces = new Map(
    uses.map(({ transactionHash, logIndex, args }) => [`${transactionHash}/${logIndex + 1}`, args.nonce])
  )
  const debits: Debit[] = []
  for (const transfer of transfers) {
    const { address: asset, transactionHash: transaction, logIndex, args } = transfer
    const reference =
      nonces.get(`${transaction}/${logIndex}`) ?? (await readPermit2Nonce(client, transaction))
    debits.push({
      network,
      asset: readAddress(asset),
      transaction,
      ...(reference === undefined ? {} : { reference }),
      payTo: args.to,
      amountAtomic: args.value,
      atMs: (await readLogTime(client, transfer)) * 1000
    })
  }
  return debits
}
