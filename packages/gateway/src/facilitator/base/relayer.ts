import { type Address, type Hash, type Hex, keccak256, type PublicClient, RpcRequestError } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { createNonceManager, jsonRpc } from 'viem/nonce'

/** A transfer takes about 103,000 gas, one by a contract wallet somewhat more. */
const GAS = 300_000n
const TIP_WEI = 1_000_000_000n

/** The account that sends settlements and pays their gas. */
export interface Relayer {
  /**
   * Sends a transaction.
   *
   * @returns its hash, also when the node did not answer: the transaction may have reached it.
   * @throws viem's error when the node could not be asked before, or refused the transaction.
   */
  send(to: Address, data: Hex): Promise<Hash>
}

/**
 * Sends from one key, in the order of its nonces; what was sent is waited for side by side.
 *
 * The gas is fixed rather than estimated: an estimate that fails would leave a gap in the nonces, and the
 * transactions behind it would hang.
 */
export function createRelayer(client: PublicClient, chainId: number, key: Hex): Relayer {
  // Not viem's shared manager, which would mix up two local chains with the same chain id.
  const nonces = createNonceManager({ source: jsonRpc() })
  const account = privateKeyToAccount(key)
  const { address } = account
  // One by one: a node that is handed a nonce before the one below it may leave both waiting for ever.
  let last: Promise<unknown> = Promise.resolve()
  return {
    send(to, data) {
      const sent = last.then(() => sendNext(to, data))
      last = sent.catch(() => {})
      return sent
    }
  }

  async function sendNext(to: Address, data: Hex): Promise<Hash> {
    const { baseFeePerGas } = await client.getBlock({ blockTag: 'pending' })
    const serialized = await account.signTransaction({
      type: 'eip1559',
      chainId,
      to,
      data,
      gas: GAS,
      maxFeePerGas: (baseFeePerGas ?? 0n) * 2n + TIP_WEI,
      maxPriorityFeePerGas: TIP_WEI,
      nonce: await nonces.consume({ address, chainId, client })
    })
    try {
      return await client.sendRawTransaction({ serializedTransaction: serialized })
    } catch (error) {
      // What was not mined left a gap: count from the chain again.
      nonces.reset({ address, chainId })
      if (isRefusal(error)) throw error
      return keccak256(serialized)
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && (error instanceof RpcRequestError || isRefusal(error.cause))
}
