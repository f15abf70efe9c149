import { createWalletClient, custom, type LocalAccount, type PublicClient, parseSignature } from 'viem'
import { type Hex, readHash } from '../address/address.js'
import type { TokenDomain } from '../payment/authorization.js'

const cancelAbi = [
  {
    type: 'function',
    name: 'cancelAuthorization',
    stateMutability: 'nonpayable',
    inputs: [
      { type: 'address', name: 'authorizer' },
      { type: 'bytes32', name: 'nonce' },
      { type: 'uint8', name: 'v' },
      { type: 'bytes32', name: 'r' },
      { type: 'bytes32', name: 's' }
    ],
    outputs: []
  }
] as const

const cancelTypes = {
  CancelAuthorization: [
    { name: 'authorizer', type: 'address' },
    { name: 'nonce', type: 'bytes32' }
  ]
} as const

/** How long a block is waited for. */
const RECEIPT_TIMEOUT_MS = 60_000

/** The result of a cancellation: the transaction, or why the network rejected it. */
export type Cancellation =
  | { readonly transaction: Hex }
  | { readonly cause: unknown; readonly hasGas: boolean }

/** What is cancelled, and by which account. */
export interface CancellationRequest {
  readonly client: PublicClient
  /** Signs the cancellation, and pays for the transaction. */
  readonly account: LocalAccount
  readonly domain: TokenDomain
  /** `0x` hex of 32 bytes: the payment's reference. */
  readonly nonce: string
}

/**
 * Cancels an authorization and waits until the transaction is in a block, whether or not it came in time. The network
 * may reject the transaction, for example when the account cannot pay the gas.
 *
 * @see EIP-3009, `cancelAuthorization`
 */
export async function cancelAuthorization(request: CancellationRequest): Promise<Cancellation> {
  const { client, account } = request
  const wallet = createWalletClient({ account, transport: custom(client, { retryCount: 0 }) })
  try {
    const transaction = await wallet.writeContract({
      chain: null,
      address: request.domain.verifyingContract,
      abi: cancelAbi,
      functionName: 'cancelAuthorization',
      args: await signCancellation(request)
    })
    await client.waitForTransactionReceipt({ hash: transaction, timeout: RECEIPT_TIMEOUT_MS })
    return { transaction }
  } catch (cause) {
    return { cause, hasGas: await hasGas(request) }
  }
}

/** Whether the account holds anything that could pay for gas. What cannot be read is taken for enough. */
async function hasGas({ client, account: { address } }: CancellationRequest): Promise<boolean> {
  const wei = await client.getBalance({ address }).catch(() => undefined)
  return wei !== 0n
}

async function signCancellation({ account, domain, nonce }: CancellationRequest) {
  const message = { authorizer: account.address, nonce: readHash(nonce) }
  const primaryType = 'CancelAuthorization'
  const signature = await account.signTypedData({ domain, types: cancelTypes, primaryType, message })
  const { r, s, yParity } = parseSignature(signature)
  return [message.authorizer, message.nonce, 27 + yParity, r, s] as const
}
