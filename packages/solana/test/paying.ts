import { type Dialect, type Offer, type PaymentTerms, type SignedPayment, x402V2 } from '@bursar/core'
import { getAssociatedTokenAddressSync } from '@solana/spl-token'
import { type Keypair, PublicKey, TransactionMessage, VersionedTransaction } from '@solana/web3.js'
import type { SolanaPayer, SolanaWallet } from '../src/index.js'
import { offerOf } from './offers.js'

/** The mint on mainnet. */
export const USDC = new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')

/** Where an owner's USDC is, as spl-token derives it. */
export function accountOf(owner: string): string {
  return getAssociatedTokenAddressSync(USDC, new PublicKey(owner)).toBase58()
}

/** Terms as Bursar gives them by default. */
export function termsOf(dialect: Dialect, more: Partial<PaymentTerms> = {}): PaymentTerms {
  return { dialect, maxValiditySeconds: 300, ...more }
}

/** Prepares and signs. */
export async function pay(
  payer: SolanaPayer,
  offer: Offer = offerOf(),
  dialect: Dialect = x402V2
): Promise<SignedPayment> {
  return (await payer.prepare(offer, termsOf(dialect))).sign()
}

/** A payment's transaction, as web3.js reads it. */
export function transactionOf({ payload }: SignedPayment): VersionedTransaction {
  return VersionedTransaction.deserialize(Buffer.from(String(payload.transaction), 'base64'))
}

/** What a payment says, as web3.js reads it. */
export function readPayment(payment: SignedPayment) {
  const { message, signatures } = transactionOf(payment)
  const { instructions, payerKey, recentBlockhash } = TransactionMessage.decompile(message)
  const memo = instructions.at(-1)?.data.toString()
  return { instructions, feePayer: payerKey.toBase58(), recentBlockhash, memo, signatures }
}

/** A wallet that signs nothing and counts how often it is asked. */
export function countingWallet({ publicKey }: Keypair): { wallet: SolanaWallet; asked: () => number } {
  let asked = 0
  const signTransaction: SolanaWallet['signTransaction'] = async (transaction) => {
    asked++
    return transaction
  }
  return { wallet: { publicKey, signTransaction }, asked: () => asked }
}
