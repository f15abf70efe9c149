import { formatAddress } from '../address/address.js'
import type { Authorizer } from './authorizer.js'
import { keyAuthorizer } from './key-authorizer.js'
import { readSecretKey } from './secret-key.js'
import type { SolanaWallet } from './solana-account.js'
import { WalletTransaction } from './wallet-transaction.js'

/** Signs through a wallet adapter. Its account may change, so it is asked each time. */
export function walletAuthorizer(wallet: SolanaWallet): Authorizer {
  return {
    foreign: true,
    address() {
      if (!wallet.publicKey) throw new TypeError('The Solana wallet is not connected')
      return formatAddress(wallet.publicKey.toBytes())
    },
    async sign(unsigned) {
      const transaction = new WalletTransaction(unsigned)
      const signed = await wallet.signTransaction(transaction)
      const keypair = transaction.keypairOf(unsigned.signers[unsigned.signer] ?? '')
      return keypair ? keyAuthorizer(readSecretKey(keypair.secretKey)).sign(unsigned) : signed.serialize()
    }
  }
}
