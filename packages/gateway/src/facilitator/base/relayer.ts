import { type Address, type Hash, type Hex, keccak256, type PublicClient, RpcRequestError } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** A transfer takes about 103,000 gas, one from a contract wallet somewhat more. */
const GAS = 300_000n
const TIP_WEI = 1_000_000_000n

/** The account that sends settlements and pays their gas. */
export interface Relayer {
  readonly address: Address
  /**
   * Sends a transaction.
   *
   * @returns its hash. Also when the node did not answer, because the transaction may have reached it.
   * @throws viem's error when the node did not answer earlier calls, or rejected the transaction.
   */
  send(to: Address, data: Hex): Promise<Hash>
}

/**
 * Creates a relayer that sends from one key. Receipts are awaited elsewhere, so many transactions can be on their way
 * at once.
 *
 * The gas is fixed rather than estimated: an estimate that fails would leave a gap in the nonces, and the
 * transactions behind it would never be mined.
 */
export function createRelayer(client: PublicClient, chainId: number, key: Hex): Relayer {
  const { address } = privateKeyToAccount(key)
  const send = createSender(client, chainId, key)
  // One at a time: a node that receives a nonce before the one below it may keep both waiting for ever.
  let last: Promise<unknown> = Promise.resolve()
  return {
    address,
    send(to, data) {
      const sent = last.then(() => send(to, data))
      last = sent.catch(() => {})
      return sent
    }
  }
}

function createSender(client: PublicClient, chainId: number, key: Hex): Relayer['send'] {
  const account = privateKeyToAccount(key)
  return async (to, data) => {
    // Both are read again for every transaction, because a test may take the chain back to a snapshot.
    const [{ baseFeePerGas }, nonce] = await Promise.all([
      client.getBlock({ blockTag: 'pending' }),
      client.getTransactionCount({ address: account.address, blockTag: 'pending' })
    ])
    const serializedTransaction = await account.signTransaction({
      type: 'eip1559',
      chainId,
      to,
      data,
      gas: GAS,
      nonce,
      maxFeePerGas: (baseFeePerGas ?? 0n) * 2n + TIP_WEI,
      maxPriorityFeePerGas: TIP_WEI
    })
    try {
      return await client.sendRawTransaction({ serializedTransaction })
    } catch (error) {
      if (isNodeRejection(error)) throw error
      return keccak256(serializedTransaction)
    }
  }
}

function isNodeRejection(error: unknown): boolean {
  return error instanceof Error && (error instanceof RpcRequestError || isNodeRejection(error.cause))
}
