import type { NetworkId } from '@bursar/core'
import { BoundedMap } from '@bursar/core/bounded-map'
import type { Address } from '../address/address.js'
import type { EvmReader } from './chain-reader.js'
import { createCodeLooks } from './code-looks.js'
import { isTaken, isTakenOnceDeployed, readCode, takesBytes } from './contract-calls.js'
import type { AccountOnChain, ContractQuestion } from './contract-question.js'
import type { EvmReaderOptions } from './reader-options.js'

/** Asks the chain about payers that are contracts. */
export interface ContractWallets {
  /** Begins to read whether there is a contract, for a question that follows soon. */
  preload(account: AccountOnChain): void
  /**
   * Whether there is code at an address.
   *
   * @param options `isByKey`: the address's key has signed, so that only a contract that was put there since would matter
   * (EIP-7702). Then the public endpoints, which everybody shares, are not asked.
   * @throws {BursarError} `rpc/unavailable`
   */
  isContract(account: AccountOnChain, options: { readonly isByKey: boolean }): Promise<boolean>
  /** Whether the contract takes a signature. @throws {BursarError} `rpc/unavailable` @see EIP-1271; EIP-6492 */
  takes(question: ContractQuestion): Promise<boolean>
  /**
   * Whether a token takes the authorizations of contracts, as USDC does from version 2.2 on.
   *
   * @throws {BursarError} `rpc/unavailable`
   */
  canBePaidFrom(network: NetworkId, token: Address): Promise<boolean>
}

const MAX_TOKENS = 256

/** Builds what asks about contract wallets. */
export function createContractWallets(
  { rpc }: EvmReader,
  { rpcUrls = {}, transports = {}, clock }: Pick<EvmReaderOptions, 'rpcUrls' | 'transports' | 'clock'>
): ContractWallets {
  const looks = createCodeLooks(clock, ({ network, address }) =>
    rpc.read(network, (call) => readCode(call, address))
  )
  const tokens = new BoundedMap<string, boolean>(MAX_TOKENS)
  const hasOwnEndpoint = (network: NetworkId): boolean => Boolean(rpcUrls[network] ?? transports[network])
  return {
    preload(account) {
      if (hasOwnEndpoint(account.network)) looks.kept(account).catch(() => {})
    },
    async isContract(account, { isByKey }) {
      if (isByKey) return hasOwnEndpoint(account.network) && (await looks.kept(account)) !== '0x'
      const seen = await looks.kept(account).catch(() => '0x')
      return seen !== '0x' || (await looks.fresh(account)) !== '0x'
    },
    async takes(question) {
      const ask = question.isWrapped ? isTakenOnceDeployed : isTaken
      const answer = await rpc.read(question.network, (call) => ask(call, question))
      // Its code may have been replaced since it was read.
      if (!answer) looks.forget(question)
      return answer
    },
    async canBePaidFrom(network, token) {
      const key = `${network}/${token.toLowerCase()}`
      const known = tokens.get(key) ?? (await rpc.read(network, (call) => takesBytes(call, token)))
      tokens.set(key, known)
      return known
    }
  }
}
