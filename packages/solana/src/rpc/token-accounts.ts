import { abortable, type ChainReader, type NetworkId } from '@bursar/core'
import { BoundedMap } from '@bursar/core/bounded-map'
import type { Address } from '../address/address.js'
import { getUint } from '../wire/uint.js'
import { readAccount } from './account-info.js'

/** A token account of one network. */
interface TokenAccount {
  readonly network: NetworkId
  readonly address: Address
  /** Token or Token-2022, which must own it. */
  readonly tokenProgram: Address
}

/** Reads token accounts. */
export interface TokenAccounts {
  /**
   * Whether a token account exists. One that does is remembered; one that does not may be created any moment,
   * and is read again.
   *
   * @throws {BursarError} `rpc/unavailable`
   */
  exists(account: TokenAccount, signal?: AbortSignal): Promise<boolean>
  /**
   * In the mint's smallest unit; zero when there is no account.
   *
   * @throws {BursarError} `rpc/unavailable`: an outage is never zero.
   */
  readBalance(account: TokenAccount, signal?: AbortSignal): Promise<bigint>
}

/** Where a token account keeps its amount. */
const AMOUNT = { offset: 64, length: 8 }

/** Builds the reader of token accounts. Reads of one account that are made at once share one call. */
export function createTokenAccounts(reader: ChainReader): TokenAccounts {
  const existing = new BoundedMap<string, true>(4096)
  const pending = new Map<string, Promise<boolean>>()

  async function read(account: TokenAccount, signal?: AbortSignal): Promise<bigint | undefined> {
    const { network, address, tokenProgram } = account
    const found = await reader.read(network, (rpc) => readAccount(rpc, address.text, AMOUNT), { signal })
    if (found?.owner !== tokenProgram.text || found.data.length < AMOUNT.length) return undefined
    return getUint(found.data, 0)
  }

  async function readExistence(name: string, account: TokenAccount): Promise<boolean> {
    try {
      const exists = (await read(account)) !== undefined
      if (exists) existing.set(name, true)
      return exists
    } finally {
      pending.delete(name)
    }
  }

  return {
    async exists(account, signal) {
      const name = `${account.network}/${account.address.text}`
      if (existing.get(name)) return true
      const shared = pending.get(name) ?? readExistence(name, account)
      pending.set(name, shared)
      return abortable(shared, signal)
    },
    readBalance: async (account, signal) => (await read(account, signal)) ?? 0n
  }
}
