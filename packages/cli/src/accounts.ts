import { BASE, type Ledger, type NetworkId, SOLANA_MAINNET } from '@bursar/core'
import type { Limits } from '@bursar/fetch'
import type { Bursar, BursarOptions } from 'bursar'
import type { Io } from './io.js'

/**
 * Opens a bursar with the accounts of the environment.
 *
 * @throws as {@link accountOptions}
 */
export async function openAccounts(io: Io, limits: Limits): Promise<Bursar> {
  const [{ createBursar }, options] = await Promise.all([import('bursar'), accountOptions(io, limits)])
  return createBursar(options)
}

/**
 * What a bursar is made from here: `EVM_PRIVATE_KEY` and `SVM_PRIVATE_KEY`, or else the wallet that was made; and
 * `BURSAR_RPC_BASE`, `BURSAR_RPC_SOLANA` for other endpoints than the public ones.
 *
 * @throws {TypeError} when there is no account, or a key is malformed (which is not shown).
 */
export async function accountOptions(
  io: Io,
  limits: Limits
): Promise<BursarOptions & { readonly ledger: Ledger }> {
  const { env } = io
  const { BURSAR_RPC_BASE: base, BURSAR_RPC_SOLANA: svm } = env
  const { evm, solana } = await keysOf(io)
  const { defaultPath, sqliteLedger } = await import('@bursar/ledger/sqlite')
  const rpcUrls: Partial<Record<NetworkId, string>> = {
    ...(base ? { [BASE]: base } : {}),
    ...(svm ? { [SOLANA_MAINNET]: svm } : {})
  }
  return {
    ...(evm ? { evm: evm as `0x${string}` } : {}),
    ...(solana ? { solana } : {}),
    limits,
    ledger: sqliteLedger({ path: defaultPath(env) }),
    rpcUrls
  }
}

/** Of one place or the other, never of both: whoever names a wallet or sets a key means that and no more. @throws {TypeError} */
async function keysOf(io: Io): Promise<{ readonly evm?: string; readonly solana?: string }> {
  const { BURSAR_WALLET: wallet, EVM_PRIVATE_KEY: evm, SVM_PRIVATE_KEY: solana } = io.env
  if (!wallet && (evm || solana)) return { ...(evm ? { evm } : {}), ...(solana ? { solana } : {}) }
  const { walletKeys } = await import('./key-store.js')
  const keys = await walletKeys(io)
  if (keys.evm || keys.solana) return keys
  throw new TypeError('No account: set EVM_PRIVATE_KEY or SVM_PRIVATE_KEY, or bursar wallet create')
}

/** For commands that pay nothing: whatever they sign, it is not worth anything. */
export const nothing: Limits = { payment: '0' }
