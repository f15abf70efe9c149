import type { SignedPayment } from '@bursar/core'
import { Connection, type Keypair, VersionedTransaction } from '@solana/web3.js'

/** Completes payments as a facilitator does: signs as fee payer, sends, and waits. */
export interface Facilitator {
  /** The transaction's name. @throws when the chain rejects it or it does not land. */
  settle(payment: SignedPayment): Promise<string>
  /** Only sends: for transactions that are to fail on the chain. */
  send(payment: SignedPayment): Promise<string>
  /** Waits until a transaction is confirmed, and returns its error. */
  landed(name: string): Promise<unknown>
  readonly connection: Connection
}

/** A facilitator made of web3.js. */
export function facilitatorOf(rpcUrl: string, feePayer: Keypair): Facilitator {
  const connection = new Connection(rpcUrl, 'confirmed')

  async function send({ payload }: SignedPayment, skipPreflight: boolean): Promise<string> {
    const transaction = VersionedTransaction.deserialize(Buffer.from(String(payload.transaction), 'base64'))
    transaction.sign([feePayer])
    return connection.sendRawTransaction(transaction.serialize(), { skipPreflight })
  }

  async function landed(name: string): Promise<unknown> {
    // Only to end a test that hangs: a busy machine takes its time.
    const deadlineMs = Date.now() + 60_000
    while (Date.now() < deadlineMs) {
      const { value } = await connection.getSignatureStatus(name)
      if (value?.confirmationStatus === 'confirmed' || value?.confirmationStatus === 'finalized')
        return value.err
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new TypeError('The transaction has not landed')
  }

  return {
    connection,
    landed,
    send: (payment) => send(payment, true),
    async settle(payment) {
      const name = await send(payment, false)
      const error = await landed(name)
      if (error) throw new TypeError(`The transaction failed: ${JSON.stringify(error)}`)
      return name
    }
  }
}
