import type { Check, CheckContext, Instruction } from '../context.js'
import { programs, tokenAccountOf } from '../programs.js'

const MIN_INSTRUCTIONS = 3
const MAX_INSTRUCTIONS = 7
const MAX_MICRO_LAMPORTS = 5_000_000n
const SET_LIMIT = 2
const SET_PRICE = 3

/** The position of the transfer: after the two compute budget instructions and, at Katana, an account creation. */
export function transferIndex({ dialect, instructions }: CheckContext): number {
  const third = instructions[2]
  return dialect === 'katana' && third?.program.equals(programs.associatedToken) ? 3 : 2
}

/** The number of instructions is one that the standard allows. */
export const instructionsAreFew: Check = ({ instructions }) =>
  instructions.length >= MIN_INSTRUCTIONS && instructions.length <= MAX_INSTRUCTIONS
    ? undefined
    : 'instructions_unexpected'

/** The first two instructions limit what the gateway pays for computing. */
export const computeIsBounded: Check = ({ instructions: [limit, price] }) => {
  if (!isComputeBudget(limit, SET_LIMIT, 5) || !isComputeBudget(price, SET_PRICE, 9))
    return 'instructions_unexpected'
  return price.data.readBigUInt64LE(1) <= MAX_MICRO_LAMPORTS ? undefined : 'compute_price_too_high'
}

function isComputeBudget(
  instruction: Instruction | undefined,
  discriminator: number,
  bytes: number
): instruction is Instruction {
  if (!instruction?.program.equals(programs.computeBudget)) return false
  return instruction.data[0] === discriminator && instruction.data.length === bytes
}

/** At most one account is created: the payee's, at the payee's cost (Katana 41). */
export const createsOnlyThePayeesAccount: Check = (context) => {
  const { instructions, payTo, feePayer, mint } = context
  const index = transferIndex(context)
  if (index === 2) return undefined
  const [creation, transfer] = [instructions[2], instructions[index]]
  if (!creation || !transfer || creation.data.length > 1 || (creation.data[0] ?? 0) > 1)
    return 'instructions_unexpected'
  const { program } = transfer
  const expected = [feePayer, tokenAccountOf(payTo, mint, program), payTo, mint, programs.system, program]
  const matches = expected.every((key, at) => creation.accounts[at]?.equals(key))
  return matches && creation.accounts.length === expected.length ? undefined : 'instructions_unexpected'
}

/** Only memos and assertions follow the transfer, and the memo that the offer asks for is there once. */
export const onlyMemosFollow: Check = (context) => {
  const rest = context.instructions.slice(transferIndex(context) + 1)
  const allowed = [programs.memo, programs.lighthouse]
  if (!rest.every(({ program }) => allowed.some((known) => known.equals(program))))
    return 'instructions_unexpected'
  const { memo } = context.requirements.extra
  if (typeof memo !== 'string') return undefined
  const memos = rest.filter(({ program }) => program.equals(programs.memo))
  return memos.length === 1 && memos[0]?.data.equals(Buffer.from(memo)) ? undefined : 'memo_mismatch'
}
