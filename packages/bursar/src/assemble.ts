import {
  BASE,
  type BursarParts,
  bursarParts,
  type Ledger,
  type NetworkFamily,
  type NetworkId,
  SOLANA_MAINNET,
  systemClock
} from '@bursar/core'
import { createPayingFetch, type PayerSource, type PayingFetchOptions } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { defaultLedger } from '#default-ledger'
import type { Account, RpcUrls } from './account.js'
import type { Bursar } from './bursar.js'

/** What a bursar is made from, whatever its accounts are. */
export interface SharedOptions extends Omit<PayingFetchOptions, 'payers' | 'ledger' | 'verifyReceipt'> {
  /**
   * Payers of your own, beside the accounts. `payers: []` without an account makes a bursar that pays nothing: for those
   * who have API keys and no wallet, and want limits and a record of what the keys are billed. Default: none.
   *
   * @example `payers: [myPayer]`
   */
  readonly payers?: readonly PayerSource[] | undefined
  /**
   * Keeps the record and the budgets. Default: a SQLite file in the user's data folder, which all processes share
   * (`$BURSAR_HOME` names another folder). `'memory'`, for tests and browsers, is lost with the process.
   *
   * @example `ledger: sqliteLedger({ path: './ledger.db' })`, from `bursar/sqlite`
   */
  readonly ledger?: Ledger | 'memory' | undefined
  /**
   * RPC endpoints by network, tried in order. Asked when an answer is lost, for balances and for audits. Default: the
   * public endpoints of Base and of Solana.
   *
   * @example `rpcUrls: { 'eip155:8453': ['https://base.example/KEY', 'https://mainnet.base.org'] }`
   */
  readonly rpcUrls?: RpcUrls | undefined
  /**
   * `'chain'` holds every receipt against the chain before its answer is handed over, for a look-up or two a payment.
   * Default: the server is believed, and `auditOf(bursar).reconcile()` finds out.
   *
   * @example `verify: 'chain'`
   */
  readonly verify?: 'chain' | undefined
  /**
   * `'at-start'` asks the chain, once and in the background, what became of what earlier processes left open. Default:
   * that is asked when a budget needs the room, and by `bursar.recover()`.
   *
   * @example `recover: 'at-start'`
   */
  readonly recover?: 'at-start' | undefined
}

/**
 * Puts a bursar together.
 *
 * @throws {TypeError} when nobody can pay, or an option is out of range.
 * @throws {BursarError} `amount/malformed`
 */
export function assemble(options: SharedOptions, accounts: readonly Account[]): Bursar {
  const { payers = [], ledger, rpcUrls: _, verify, recover, ...rest } = options
  if (accounts.length === 0 && options.payers === undefined) throw new TypeError(nobodyPays)
  const { clock = systemClock } = rest
  const sources = [...accounts.map(({ payer }) => payer), ...payers]
  const auditorOf: BursarParts['auditorOf'] = async (family) => accountOf(accounts, family)?.auditor()
  const paying = createPayingFetch({
    ...rest,
    payers: sources,
    ledger: ledger === 'memory' ? memoryLedger({ clock }) : (ledger ?? defaultLedger(clock)),
    ...(verify === 'chain'
      ? {
          verifyReceipt: async (...claim) =>
            (await import('@bursar/audit')).verifyReceipt({ auditorOf, clock }, ...claim)
        }
      : {})
  })
  // What cannot be asked now is asked by the next, and by every call that needs the room in its budget.
  if (recover === 'at-start') paying.recover().catch(() => {})
  const parts = (): ReturnType<Bursar[typeof bursarParts]> => ({
    ...paying[bursarParts](),
    networks: sources.map(({ family }) => mainNetworks[family]),
    auditorOf,
    signerOf: (family) => accountOf(accounts, family)?.signer
  })
  return Object.freeze<Bursar>({
    ...paying,
    balances: async (query) => (await import('./balances.js')).readBalances(parts(), query),
    [bursarParts]: parts
  })
}

const mainNetworks: Readonly<Record<NetworkFamily, NetworkId>> = { eip155: BASE, solana: SOLANA_MAINNET }

const nobodyPays =
  'createBursar needs an account that pays: evm, solana or payers. ' +
  'To meter API keys alone, and pay nothing, say payers: []'

function accountOf(accounts: readonly Account[], family: string): Account | undefined {
  return accounts.find((account) => account.family === family)
}
