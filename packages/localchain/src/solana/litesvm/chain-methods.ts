import type { MaybeEncodedAccount } from '@solana/kit'
import type { Bank } from './bank.js'
import type { BlockClock } from './block-clock.js'
import { readOptions, readText } from './params.js'
import { RpcProblem } from './rpc-problem.js'
import type { RpcMethods } from './rpc-server.js'

const SLOTS_IN_EPOCH = 432_000
/** A genesis hash that no public network has. */
const GENESIS = '11111111111111111111111111111112'
const RENT_EXEMPT_LAMPORTS_PER_BYTE = 6_960
const ACCOUNT_OVERHEAD_BYTES = 128

/** The methods that read blocks and accounts. */
export function chainMethods(bank: Bank, clock: BlockClock): RpcMethods {
  const withContext = (value: unknown): object => ({
    context: { slot: clock.tip.height, apiVersion: 'litesvm' },
    value
  })
  return { ...blockMethods(clock, withContext), ...accountMethods(bank, withContext) }
}

type WithContext = (value: unknown) => object

function blockMethods(clock: BlockClock, withContext: WithContext): RpcMethods {
  return {
    getVersion: () => ({ 'solana-core': 'litesvm', 'feature-set': 0 }),
    getHealth: () => 'ok',
    getGenesisHash: () => GENESIS,
    getSlot: () => clock.tip.height,
    getBlockHeight: () => clock.tip.height,
    getFirstAvailableBlock: () => 0,
    getEpochInfo: () => ({
      absoluteSlot: clock.tip.height,
      blockHeight: clock.tip.height,
      epoch: 0,
      slotIndex: clock.tip.height,
      slotsInEpoch: SLOTS_IN_EPOCH,
      transactionCount: null
    }),
    getBlock([slot]) {
      const block = clock.at(Number(slot))
      if (!block) throw new RpcProblem(-32_004, `Block not available for slot ${Number(slot)}`)
      const { blockhash, height, timeSeconds: blockTime } = block
      const previousBlockhash = clock.at(height - 1)?.blockhash ?? GENESIS
      return { blockhash, previousBlockhash, parentSlot: height - 1, blockHeight: height, blockTime }
    },
    getBlockTime: ([slot]) => clock.at(Number(slot))?.timeSeconds ?? null,
    getLatestBlockhash() {
      const { blockhash, lastValidBlockHeight } = clock.tip
      return withContext({ blockhash, lastValidBlockHeight })
    },
    isBlockhashValid: ([blockhash]) => withContext(clock.isValid(readText(blockhash)))
  }
}

function accountMethods(bank: Bank, withContext: WithContext): RpcMethods {
  return {
    getAccountInfo: ([key, given]) =>
      withContext(describe(bank.account(readText(key)), readOptions(given).dataSlice)),
    getMultipleAccounts: ([keys]) =>
      withContext((Array.isArray(keys) ? keys : []).map((key) => describe(bank.account(readText(key))))),
    getBalance([key]) {
      const account = bank.account(readText(key))
      return withContext(account.exists ? Number(account.lamports) : 0)
    },
    getMinimumBalanceForRentExemption: ([bytes]) =>
      (Number(bytes) + ACCOUNT_OVERHEAD_BYTES) * RENT_EXEMPT_LAMPORTS_PER_BYTE
  }
}

function describe(account: MaybeEncodedAccount, dataSlice?: unknown): object | null {
  if (!account.exists) return null
  const { offset = 0, length = account.data.length } = readOptions(dataSlice)
  const data = Buffer.from(account.data).subarray(Number(offset), Number(offset) + Number(length))
  return {
    data: [data.toString('base64'), 'base64'],
    executable: account.executable,
    lamports: Number(account.lamports),
    owner: account.programAddress,
    rentEpoch: 0,
    space: account.data.length
  }
}
