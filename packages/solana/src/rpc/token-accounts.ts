import type { NetworkId } from '@bursar/core'
import type { Address } from '../address/address.js'
import { BoundedCache } from '../bounded-cache.js'
import { getUint } from '../wire/uint.js'
import { abortable } from './abortable.js'
import { readAccount } from './account-info.js'
import type { ChainReader } from './chain-reader.js'

/** Reads token accounts. */
export interface TokenAccounts {
  /**
   * Whether a token account exists. One that does is remembered; one that does not may be created any moment,
   * and is asked for again.
   *
   * @throws {BursarError} `rpc/unavailable`
   */
  exists(network: NetworkId, account: Address, tokenProgram: Address, signal?: AbortSignal): Promise<boolean>
  /**
   * In the mint's smallest unit; zero when there is no account.
   *
   * @throws {BursarError} `rpc/unavailable`: an outage is never zero.
   */
  balance(network: NetworkId, account: Address, tokenProgram: Address): Promise<bigint>
}

/** Where a token account keeps its amount. */
const AMOUNT = { offset: 64, length: 8 }

/** Builds the reader of token accounts. */
export function createTokenAccounts(reader: ChainReader): TokenAccounts {
  const existing = new BoundedCache<true>(4096)
  const asked = new Map<string, Promise<boolean>>()

  async function read(
    network: NetworkId,
    account: Address,
    tokenProgram: Address
  ): Promise<bigint | undefined> {
    const found = await reader.read(network, (rpc) => readAccount(rpc, account.text, AMOUNT))
    if (found?.owner !== tokenProgram.text || found.data.length < AMOUNT.length) return undefined
    return getUint(found.data, 0)
  }

  return {
    async exists(network, account, tokenProgram, signal) {
      const name = `${network}/${account.text}`
      if (existing.get(name)) return true
      let answer = asked.get(name)
      if (!answer) {
        answer = read(network, account, tokenProgram)
          .then((balance) => {
            if (balance !== undefined) existing.set(name, true)
            return balance !== undefined
          })
          .finally(() => asked.delete(name))
        asked.set(name, answer)
      }
      return abortable(answer, signal)
    },
    balance: async (network, account, tokenProgram) => (await read(network, account, tokenProgram)) ?? 0n
  }
}
