import type { Asset, SignedSweep, SweepPlan } from '@bursar/core'
import { sha256 } from '@noble/hashes/sha2.js'
import bs58 from 'bs58'
import type { SolanaAuthorizer } from '../account/authorizer.js'
import { type Address, readAddress } from '../address/address.js'
import { SYSTEM } from '../address/programs.js'
import { type Blockhash, readBlockhash } from '../rpc/blockhash.js'
import { budgetInstructions, paymentInstructions } from '../transaction/instructions.js'
import { encodeBase64 } from '../wire/base64.js'
import type { Instruction } from '../wire/instruction.js'
import { buildMessage, type Message } from '../wire/message.js'
import { buildTransaction, signatureAt } from '../wire/transaction.js'
import { putUint } from '../wire/uint.js'
import { findSides, PRICE, type SweepParts } from './plan-sweep.js'

/** The system program's instruction that moves SOL. */
const TRANSFER = 2n

/** Signs the transaction of a sweep, by its owner and by who pays its fee. */
export async function signSweep(parts: SweepParts, plan: SweepPlan): Promise<SignedSweep> {
  const { reader, owner, payer, clock } = parts
  const { network, asset, to, amountAtomic } = plan
  const blockhash = await reader.read(network, (rpc) => readBlockhash(rpc, 'confirmed', clock.nowMs()))
  const from = await owner.address()
  const signers = asset ? [payer, owner] : [owner]
  const feePayer = asset ? await payer.address() : from
  const instructions = asset
    ? await tokenInstructions(parts, { ...plan, asset }, { from, feePayer, blockhash })
    : coinInstructions(from, readAddress(to), amountAtomic)
  const message = buildMessage(feePayer, instructions, blockhash.bytes)
  const bytes = await signAll(message, signers, blockhash)
  return {
    network,
    asset: asset?.address,
    from: from.text,
    to,
    amountAtomic,
    transaction: bs58.encode(bytes.subarray(signatureAt(0), signatureAt(1))),
    reference: bs58.encode(sha256(message.bytes)),
    feePayer: feePayer.text,
    bytes: encodeBase64(bytes),
    endsAt: blockhash.lastValidBlockHeight
  }
}

/** The accounts and the block of a token transfer. */
interface TransferFrame {
  readonly from: Address
  readonly feePayer: Address
  readonly blockhash: Blockhash
}

async function tokenInstructions(
  parts: SweepParts,
  { asset, to, amountAtomic, createsAccount }: SweepPlan & { readonly asset: Asset },
  { from, feePayer, blockhash }: TransferFrame
): Promise<Instruction[]> {
  const { mint, source, destination } = await findSides(parts, asset, { from, to })
  return paymentInstructions({
    feePayer,
    owner: from,
    source,
    mint: mint.address,
    tokenProgram: mint.tokenProgram,
    decimals: mint.decimals,
    recipient: readAddress(to),
    destination,
    createsDestination: createsAccount,
    amountAtomic,
    memo: undefined,
    microLamportsPerUnit: PRICE,
    blockhash: blockhash.bytes
  })
}

function coinInstructions(from: Address, to: Address, lamports: bigint): Instruction[] {
  const data = new Uint8Array(12)
  putUint(data.subarray(0, 4), TRANSFER)
  putUint(data.subarray(4), lamports)
  const accounts = [
    { address: from, signs: true, writable: true },
    { address: to, signs: false, writable: true }
  ]
  return [...budgetInstructions(PRICE), { program: SYSTEM, accounts, data }]
}

/** Each signer signs in the slot of its address. */
async function signAll(
  message: Message,
  signers: readonly SolanaAuthorizer[],
  { text: blockhash, lastValidBlockHeight }: Blockhash
): Promise<Uint8Array> {
  let bytes = buildTransaction(message.signers, message.bytes)
  const slots = message.accounts.slice(0, message.signers).map(({ text }) => text)
  const messageAt = bytes.length - message.bytes.length
  for (const authorizer of signers) {
    const signer = slots.indexOf((await authorizer.address()).text)
    bytes = await authorizer.sign({
      bytes,
      messageAt,
      signer,
      signers: slots,
      blockhash,
      lastValidBlockHeight
    })
  }
  return bytes
}
