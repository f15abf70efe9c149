import { type BalanceReader, type ChainReader, type Registry, usdcOfToken } from '@bursar/core'
import type { SolanaAuthorizer } from '../account/authorizer.js'
import { tokenAccountOf } from '../address/token-account.js'
import { readLamports } from './account-info.js'
import type { Mints } from './mints.js'
import type { TokenAccounts } from './token-accounts.js'

/** What balances are read with. */
export interface BalanceReaderParts {
  readonly reader: ChainReader
  readonly authorizer: SolanaAuthorizer
  readonly registry: Registry
  readonly mints: Mints
  readonly tokenAccounts: TokenAccounts
}

/** Builds the reader of an account's USDC, which is in its associated token account, and of its SOL. */
export function createBalanceReader(parts: BalanceReaderParts): Required<BalanceReader> {
  const { reader, authorizer, registry, mints, tokenAccounts } = parts
  const readToken: Required<BalanceReader>['readToken'] = async (asset, signal) => {
    const [owner, mint] = await Promise.all([authorizer.address(), mints.read(asset, signal)])
    const { tokenProgram } = mint
    const address = tokenAccountOf(owner, mint.address, tokenProgram)
    return tokenAccounts.readBalance({ network: asset.network, address, tokenProgram }, signal)
  }
  return {
    async readUsdc(network, signal) {
      const asset = registry.requireDefaultAsset(network)
      return usdcOfToken(await readToken(asset, signal), asset.decimals)
    },
    readToken,
    async readGas(network, signal) {
      const { text } = await authorizer.address()
      return reader.read(network, (rpc) => readLamports(rpc, text), { signal })
    }
  }
}
