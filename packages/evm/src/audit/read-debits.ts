import type { Debit, NetworkId } from '@bursar/core'
import type { PublicClient } from 'viem'
import type { Address } from '../account/evm-account.js'
import { usdcEvents } from './events.js'

/** Public endpoints answer for ranges of this many blocks. */
const BLOCKS_AT_ONCE = 2_000n

const [transferEvent, usedEvent] = usdcEvents

/** Which transfers are asked for. */
export interface DebitQuery {
  readonly network: NetworkId
  readonly token: Address
  readonly owner: Address
  readonly fromMs: number
}

/** Every transfer out of an account since a time, with the authorization that each used. */
export async function readDebits(client: PublicClient, query: DebitQuery): Promise<readonly Debit[]> {
  const latest = await client.getBlock()
  const first = await firstBlockSince(client, BigInt(Math.floor(query.fromMs / 1000)), latest.number)
  const debits: Debit[] = []
  for (let from = first; from <= latest.number; from += BLOCKS_AT_ONCE) {
    const end = from + BLOCKS_AT_ONCE - 1n
    debits.push(...(await readRange(client, query, from, end < latest.number ? end : latest.number)))
  }
  return debits
}

async function readRange(
  client: PublicClient,
  { network, token, owner }: DebitQuery,
  fromBlock: bigint,
  toBlock: bigint
): Promise<Debit[]> {
  const range = { address: token, fromBlock, toBlock, strict: true } as const
  const [transfers, uses] = await Promise.all([
    client.getLogs({ ...range, event: transferEvent, args: { from: owner } }),
    client.getLogs({ ...range, event: usedEvent, args: { authorizer: owner } })
  ])
  // USDC tells that the authorization is used, and right after it of the transfer.
  const nonces = new Map(
    uses.map(({ transactionHash, logIndex, args }) => [`${transactionHash}/${logIndex + 1}`, args.nonce])
  )
  return Promise.all(
    transfers.map(async ({ transactionHash, logIndex, args, blockNumber }) => {
      const { timestamp } = await client.getBlock({ blockNumber })
      const reference = nonces.get(`${transactionHash}/${logIndex}`)
      return {
        network,
        asset: token,
        transaction: transactionHash,
        ...(reference === undefined ? {} : { reference }),
        payTo: args.to,
        amountAtomic: args.value,
        atMs: Number(timestamp) * 1000
      }
    })
  )
}

/** The first block that is not older than a time, found by halving. */
async function firstBlockSince(client: PublicClient, seconds: bigint, latest: bigint): Promise<bigint> {
  let [low, high] = [0n, latest]
  while (low < high) {
    const middle = (low + high) / 2n
    const { timestamp } = await client.getBlock({ blockNumber: middle })
    if (timestamp < seconds) low = middle + 1n
    else high = middle
  }
  return low
}
