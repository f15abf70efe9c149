import type { SignedPayment } from '@bursar/core'
import { createWalletClient, custom, type LocalAccount, type PublicClient, parseSignature } from 'viem'
import type { Address, Hex } from '../account/evm-account.js'
import type { TokenDomain } from '../authorization.js'

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

/** What came of a cancellation. */
export type Cancellation = { readonly transaction: Hex } | { readonly refusal: unknown }

/**
 * Makes an authorization void and waits until that is in a block, whether or not it came in time. The network may
 * refuse the transaction, such as for want of gas.
 *
 * @see EIP-3009, `cancelAuthorization`
 */
export async function cancelAuthorization(
  client: PublicClient,
  account: LocalAccount,
  domain: TokenDomain,
  payment: SignedPayment
): Promise<Cancellation> {
  const nonce = payment.reference as Hex
  const message = { authorizer: account.address, nonce }
  const primaryType = 'CancelAuthorization'
  const signature = await account.signTypedData({ domain, types: cancelTypes, primaryType, message })
  const { r, s, yParity } = parseSignature(signature)
  const wallet = createWalletClient({ account, transport: custom(client) })
  try {
    const transaction = await wallet.writeContract({
      chain: null,
      address: payment.asset as Address,
      abi: cancelAbi,
      functionName: 'cancelAuthorization',
      args: [account.address, nonce, 27 + yParity, r, s]
    })
    await client.waitForTransactionReceipt({ hash: transaction, timeout: RECEIPT_TIMEOUT_MS })
    return { transaction }
  } catch (refusal) {
    return { refusal }
  }
}
