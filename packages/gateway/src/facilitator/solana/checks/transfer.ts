import type { PublicKey } from '@solana/web3.js'
import type { Check, CheckContext } from '../context.js'
import { programs, tokenAccountOf } from '../programs.js'
import { transferIndex } from './layout.js'

const TRANSFER_CHECKED = 12

/** The fields of a TransferChecked instruction. */
interface Transfer {
  readonly program: PublicKey
  readonly mint: PublicKey
  readonly destination: PublicKey
  readonly authority: PublicKey
  readonly amountAtomic: bigint
}

/** Reads the transfer at the position that the standard requires, by either token program. */
function readTransfer(context: CheckContext): Transfer | undefined {
  const instruction = context.instructions[transferIndex(context)]
  if (!instruction) return undefined
  const { program, data, accounts } = instruction
  const [source, mint, destination, authority, ...more] = accounts
  const isToken = program.equals(programs.token) || program.equals(programs.token2022)
  if (!isToken || data[0] !== TRANSFER_CHECKED || data.length !== 10) return undefined
  if (!source || !mint || !destination || !authority || more.length > 0) return undefined
  return { program, mint, destination, authority, amountAtomic: data.readBigUInt64LE(1) }
}

/** There is a TransferChecked instruction with a single authority. */
export const hasTransfer: Check = (context) => (readTransfer(context) ? undefined : 'instructions_unexpected')

/** The transfer takes no tokens from the gateway, whose signature only pays fees. */
export const spendsNothingOfOurs: Check = (context) => {
  const authority = readTransfer(context)?.authority
  return context.ownKeys.some((key) => authority?.equals(key)) ? 'authority_is_fee_payer' : undefined
}

/** The payer that the payload names is the one that pays (Katana 36). */
export const payerIsNamedRightly: Check = (context) => {
  const { payer } = context
  return payer === undefined || payer === readTransfer(context)?.authority.toBase58()
    ? undefined
    : 'payer_mismatch'
}

/** The tokens are of the offer's mint (Katana 37). */
export const assetMatches: Check = (context) =>
  readTransfer(context)?.mint.equals(context.mint) ? undefined : 'asset_mismatch'

/** The destination is the payee's associated token account (Katana 38). */
export const paysThePayee: Check = (context) => {
  const transfer = readTransfer(context)
  if (!transfer) return 'recipient_mismatch'
  const account = tokenAccountOf(context.payTo, context.mint, transfer.program)
  return account.equals(transfer.destination) ? undefined : 'recipient_mismatch'
}

/** The amount is exactly the price, neither less nor more (Katana 37). */
export const paysTheAmount: Check = (context) =>
  readTransfer(context)?.amountAtomic === BigInt(context.requirements.amount) ? undefined : 'value_mismatch'
