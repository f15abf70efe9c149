import type { SignedPayment } from '@bursar/core'
import {
  createWalletClient,
  custom,
  type LocalAccount,
  type PublicClient,
  parseSignature,
  type Transport,
  type WalletClient
} from 'viem'
import { type Hex, readHash } from '../address/address.js'
import type { TokenDomain } from '../payment/authorization.js'
import { PERMIT2 } from '../permit2/addresses.js'
import { permit2Abi } from '../permit2/permit2-abi.js'
import { placeOfNonce } from '../permit2/permit2-nonce.js'

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

/** Who cancels, and through which endpoint. */
export interface CancellationParts {
  readonly client: PublicClient
  /** Signs the cancellation, and pays for the transaction. */
  readonly account: LocalAccount
}

/** What is cancelled, and by which account. */
interface CancellationRequest extends CancellationParts {
  readonly domain: TokenDomain
  /** `0x` hex of 32 bytes: the payment's reference. */
  readonly nonce: string
}

/**
 * Cancels an authorization of a token, and waits until that is in a block.
 *
 * @see EIP-3009, `cancelAuthorization`
 */
export function cancelAuthorization(request: CancellationRequest): Promise<Cancellation> {
  return sendCancellation(request, async (wallet) =>
    wallet.writeContract({
      chain: null,
      address: request.domain.verifyingContract,
      abi: cancelAbi,
      functionName: 'cancelAuthorization',
      args: await signCancellation(request)
    })
  )
}

/**
 * Cancels a payment through Permit2, and waits until that is in a block. Permit2 takes it from the payer itself alone.
 *
 * @see Permit2, `invalidateUnorderedNonces`
 */
export function cancelPermit2(
  parts: CancellationParts,
  { reference }: Pick<SignedPayment, 'reference'>
): Promise<Cancellation> {
  const { word, mask } = placeOfNonce(BigInt(reference))
  const call = { address: PERMIT2, abi: permit2Abi, functionName: 'invalidateUnorderedNonces' } as const
  return sendCancellation(parts, (wallet) =>
    wallet.writeContract({ ...call, chain: null, args: [word, mask] })
  )
}

/**
 * Sends a cancellation and waits until the transaction is in a block, whether or not it came in time. The network may reject
 * the transaction, for example when the account cannot pay the gas.
 */
async function sendCancellation(
  parts: CancellationParts,
  send: (wallet: WalletClient<Transport, undefined, LocalAccount>) => Promise<Hex>
): Promise<Cancellation> {
  const { client, account } = parts
  const wallet = createWalletClient({ account, transport: custom(client, { retryCount: 0 }) })
  try {
    const transaction = await send(wallet)
    await client.waitForTransactionReceipt({ hash: transaction, timeout: RECEIPT_TIMEOUT_MS })
    return { transaction }
  } catch (cause) {
    return { cause, hasGas: await hasGas(parts) }
  }
}

/** Whether the account holds anything that could pay for gas. What cannot be read is taken for enough. */
async function hasGas({ client, account: { address } }: CancellationParts): Promise<boolean> {
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
