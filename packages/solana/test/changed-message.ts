import { type MessageV0, PublicKey, TransactionInstruction, TransactionMessage } from '@solana/web3.js'

/** A message with one thing changed. */
export function changed(
  message: MessageV0,
  change: (instructions: TransactionInstruction[]) => TransactionInstruction[]
): MessageV0 {
  const { payerKey, recentBlockhash, instructions } = TransactionMessage.decompile(message)
  return new TransactionMessage({
    payerKey,
    recentBlockhash,
    instructions: change(instructions)
  }).compileToV0Message()
}

/** An assertion on an account, as wallets add it for their users. */
export function lighthouse(account: PublicKey): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey('L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95'),
    keys: [{ pubkey: account, isSigner: false, isWritable: false }],
    data: Buffer.from([5, 0, 1])
  })
}
