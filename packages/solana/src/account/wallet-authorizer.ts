import { formatAddress } from '../address/address.js'
import type { SolanaAuthorizer } from './authorizer.js'
import { createKeyAuthorizer } from './key-authorizer.js'
import { readSecretKey } from './secret-key.js'
import { signerFailed } from './signer-error.js'
import type { SolanaWallet } from './solana-account.js'
import { WalletTransaction } from './wallet-transaction.js'

/** What an adapter that is asked to sign now would throw, with the code that wallets have for it. @see EIP-1193 */
const disconnected = { name: 'WalletNotConnectedError', code: 4900 }

/** Signs through a wallet adapter. Its account may change, so it is asked each time. */
export function createWalletAuthorizer(wallet: SolanaWallet): SolanaAuthorizer {
  return {
    isTrusted: false,
    async address() {
      if (!wallet.publicKey) throw signerFailed('solana', 'the wallet is not connected', disconnected)
      return formatAddress(wallet.publicKey.toBytes())
    },
    syncSigner: async () => undefined,
    async sign(unsigned) {
      const transaction = new WalletTransaction(unsigned)
      const signed = await wallet.signTransaction(transaction)
      const keypair = transaction.keypairOf(unsigned.signers[unsigned.signer] ?? '')
      if (!keypair) return signed.serialize()
      return createKeyAuthorizer(readSecretKey(keypair.secretKey)).sign(unsigned)
    }
  }
}
