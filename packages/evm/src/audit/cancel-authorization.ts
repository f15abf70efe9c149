import type { SignedPayment } from '@bursar/core'
import {
  createWalletClient,
  custom,
  type LocalAccount,
  type PublicClient,
  type Transport,
  type WalletClient
} from 'viem'
import type { Address, Hex } from '../address/address.js'
import { PERMIT2 } from '../permit2/addresses.js'
import { permit2Abi } from '../permit2/permit2-abi.js'
import { placeOfNonce } from '../permit2/permit2-nonce.js'

/** How long a block is waited for. */
const RECEIPT_TIMEOUT_MS = 60_000

/** The result of a cancellation: the transaction, or why the network rejected it. */
export type Cancellation =
  | { readonly transaction: Hex }
  | { readonly cause: unknown; readonly missing: MissingGas | undefined }

/** Of an account that could not pay for gas, in wei. */
export interface MissingGas {
  readonly held: bigint
  /** The most that is needed. */
  readonly needed: bigint
}

/** Who cancels, and through which endpoint. */
export interface CancellationParts {
  readonly client: PublicClient
  /** Sends the transaction, and pays for it. */
  readonly account: LocalAccount
}

/**
 * Cancels an authorization of a token, and waits until that is in a block.
 *
 * @param call of the token's contract, with the payer's signature.
 * @see EIP-3009, `cancelAuthorization`
 */
export function cancelAuthorization(
  parts: CancellationParts,
  call: { readonly to: Address; readonly data: Hex }
): Promise<Cancellation> {
  return sendCancellation(parts, (wallet) => wallet.sendTransaction({ chain: null, ...call }))
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
    return { cause, missing: await missingGas(parts) }
  }
}

/** A cancellation takes some 55_000 units. */
const GAS_UNITS = 60_000n

/** Whether the account holds too little for gas. What cannot be read is taken for enough. */
async function missingGas({
  client,
  account: { address }
}: CancellationParts): Promise<MissingGas | undefined> {
  const read = [client.getBalance({ address }), client.getGasPrice()] as const
  const [held, price] = await Promise.all(read).catch(() => [undefined, 0n] as const)
  const least = price * GAS_UNITS
  // Until it is sent, the price may double.
  return held !== undefined && held < least ? { held, needed: 2n * least } : undefined
}
