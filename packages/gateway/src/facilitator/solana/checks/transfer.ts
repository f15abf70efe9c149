import type { PublicKey } from '@solana/web3.js'
import type { Check, CheckContext } from '../context.js'
import { programs, tokenAccountOf } from '../programs.js'
import { transferIndex } from './layout.js'

const TRANSFER_CHECKED = 12

/** A TransferChecked instruction, read. */
interface Transfer {
  readonly program: PublicKey
  readonly mint: PublicKey
  readonly destination: PublicKey
  readonly authority: PublicKey
  readonly amountAtomic: bigint
}

/** The transfer where the standard wants it, by either token program. */
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

/** There is a TransferChecked, of a single authority. */
export const transfers: Check = (context) => (readTransfer(context) ? undefined : 'instructions_unexpected')

/** The gateway's signature pays fees and never moves tokens of its own. */
export const spendsNothingOfOurs: Check = (context) => {
  const authority = readTransfer(context)?.authority
  return context.own.some((key) => authority?.equals(key)) ? 'authority_is_fee_payer' : undefined
}

/** Katana 36: who the payload says pays is who does. */
export const payerIsNamedRightly: Check = (context) => {
  const { payer } = context
  return payer === undefined || payer === readTransfer(context)?.authority.toBase58()
    ? undefined
    : 'payer_mismatch'
}

/** Katana 37: the tokens are of the offer's mint. */
export const assetMatches: Check = (context) =>
  readTransfer(context)?.mint.equals(context.mint) ? undefined : 'asset_mismatch'

/** Katana 38: the destination is the payee's associated token account. */
export const paysThePayee: Check = (context) => {
  const transfer = readTransfer(context)
  if (!transfer) return 'recipient_mismatch'
  const account = tokenAccountOf(context.payTo, context.mint, transfer.program)
  return account.equals(transfer.destination) ? undefined : 'recipient_mismatch'
}

/** Katana 37: the amount is exact, neither less nor more. */
export const paysTheAmount: Check = (context) =>
  readTransfer(context)?.amountAtomic === BigInt(context.requirements.amount) ? undefined : 'value_mismatch'
