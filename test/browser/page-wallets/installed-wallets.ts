/** Two wallets as extensions install them: what they inject into a page before its own scripts run. */
import { registerWallet } from '@wallet-standard/wallet'
import { privateKeyToAccount } from 'viem/accounts'
import { injectedWallet, walletState } from '../../../packages/evm/test/injected-wallet.js'
import { keptAccount, pageWallet, pageWalletState } from '../../../packages/solana/test/page-wallet.js'

/** The keys of the wallets. */
export interface InstalledWallets {
  readonly evm: `0x${string}`
  /** 32 bytes. */
  readonly seed: readonly number[]
}

/** The test's build writes it. */
declare const INSTALLED: InstalledWallets

const icon =
  'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA4IDgiPjxjaXJjbGUgY3g9IjQiIGN5PSI0IiByPSI0IiBmaWxsPSIjNTc4Ii8+PC9zdmc+'

const state = walletState([privateKeyToAccount(INSTALLED.evm)])
const info = { uuid: crypto.randomUUID(), name: 'Wallet of Base', icon, rdns: 'org.example' }
const detail = Object.freeze({ info, provider: injectedWallet(state) })
const announce = (): unknown => dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }))
addEventListener('eip6963:requestProvider', announce)
announce()

/** For the test: the visitor declines what comes next. */
function decline(): void {
  state.reactions.eth_signTypedData_v4 = 'declines'
}
Object.assign(globalThis, { decline })

void keptAccount(Uint8Array.from(INSTALLED.seed)).then((account) => {
  const wallet = pageWallet(pageWalletState([account]))
  registerWallet(Object.assign(wallet, { name: 'Wallet of Solana', icon }))
})
