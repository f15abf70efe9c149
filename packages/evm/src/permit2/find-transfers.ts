import { isJsonObject, type SignedPayment } from '@bursar/core'
import type { Hex, Log, PublicClient } from 'viem'
import { isSameHex, readAddress } from '../address/address.js'
import { transferEvent } from '../rpc/token-abi.js'
import { permit2NonceOf } from './read-permit2-nonce.js'

/** A transfer of a token, as its event says. */
export type TransferLog = Log<bigint, number, false, typeof transferEvent, true>

/** Some consecutive blocks. */
export interface BlockRange {
  readonly fromBlock: bigint
  readonly toBlock: bigint
}

/** Transfers from a payer to a payee, of which one may be that of a payment. */
interface Transfers {
  /** Of a transaction that does nothing but settle this payment. */
  readonly own?: TransferLog
  /** Of transactions that a contract carried out. No event says which nonces they have used. */
  readonly unclear: readonly { readonly log: TransferLog; readonly input: Hex }[]
}

/**
 * Finds the transfers that may be a payment's, the newest first. One whose transaction calls a proxy is of the nonce in its
 * input. One whose transaction calls the token itself is of no payment through Permit2. A contract may keep what it settles,
 * and settle it later, several at once, in a transaction whose input says what it likes.
 */
export async function findTransfers(
  client: PublicClient,
  { asset, payer, payTo, amountAtomic, reference, payload }: SignedPayment,
  blocks: BlockRange
): Promise<Transfers> {
  const args = { from: readAddress(payer), to: readAddress(payTo) }
  const query = { address: readAddress(asset), event: transferEvent, args, strict: true, ...blocks } as const
  const isUpto = takesAnyAmount(payload)
  const logs = (await client.getLogs(query)).filter(({ args: { value } }) =>
    isUpto ? value > 0n && value <= amountAtomic : value === amountAtomic
  )
  const unclear: { readonly log: TransferLog; readonly input: Hex }[] = []
  for (const log of logs.toReversed()) {
    const transaction = await client.getTransaction({ hash: log.transactionHash })
    const nonce = permit2NonceOf(transaction)
    if (nonce === reference) return { own: log, unclear }
    const isByToken = transaction.to !== null && isSameHex(transaction.to, asset)
    if (nonce === undefined && !isByToken) unclear.push({ log, input: transaction.input })
  }
  return { unclear }
}

/** Whether it is `upto`, which names who may say what is taken. */
function takesAnyAmount({ permit2Authorization: authorization }: SignedPayment['payload']): boolean {
  const witness = isJsonObject(authorization) ? authorization.witness : undefined
  return isJsonObject(witness) && witness.facilitator !== undefined
}
