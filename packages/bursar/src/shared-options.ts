import {
  checkLedger,
  checkObject,
  checkRpcUrls,
  type Ledger,
  listOf,
  type OptionCheck,
  type OptionChecks,
  oneOf,
  type RpcUrls
} from '@bursar/core'
import { type PayerSource, type PayingFetchOptions, payingFetchChecks } from '@bursar/fetch'

/** The options of every bursar. */
export interface SharedOptions
  extends Omit<PayingFetchOptions, 'payers' | 'ledger' | 'proofs' | 'verifyReceipt'> {
  /**
   * Payers of your own, beside the accounts. `payers: []` without an account makes a bursar that pays nothing: for those
   * who have API keys and no wallet, and want limits and a record of what the keys are billed. Default: none.
   *
   * @example { payers: [createEvmPayer({ account })] }
   */
  readonly payers?: readonly PayerSource[] | undefined
  /**
   * Keeps the record and the budgets. Default: a SQLite file in the user's data folder, which all processes share
   * (`$BURSAR_HOME` names another folder). `'memory'`, for tests and browsers, is lost with the process. Beside an RPC
   * endpoint on this machine there is no default, unless `$BURSAR_HOME` is set: a test must not count in your budgets.
   *
   * @example { ledger: sqliteLedger({ path: './ledger.db' }) } // from bursar/sqlite
   */
  readonly ledger?: Ledger | 'memory' | undefined
  /**
   * RPC endpoints by network, tried in order. Asked when an answer is lost, for balances and for audits. Default: the
   * public endpoints of Base and of Solana.
   *
   * @example { rpcUrls: { 'eip155:8453': ['https://base.example/KEY', 'https://mainnet.base.org'] } }
   */
  readonly rpcUrls?: RpcUrls | undefined
  /**
   * `'chain'` compares every receipt with the chain before its answer is returned, for a look-up or two per payment.
   * Default: the server is believed, and `auditOf(bursar).reconcile()` finds out.
   *
   * @example { verify: 'chain' }
   */
  readonly verify?: 'chain' | undefined
  /**
   * `'at-start'` asks the chain, once and in the background, about purchases that earlier processes left open. Default:
   * the chain is asked when a budget needs the room, and by `bursar.recover()`.
   *
   * @example { recover: 'at-start' }
   */
  readonly recover?: 'at-start' | undefined
}

const checkLedgerOrMemory: OptionCheck = (value, path) => {
  if (value === 'memory') return
  if (typeof value === 'object' && value !== null) return checkLedger(value, path)
  throw new TypeError(`${path} must be 'memory' or a ledger, such as sqliteLedger({ path: './ledger.db' })`)
}

const { verifyReceipt: _, proofs: __, ...fetchChecks } = payingFetchChecks

/** The options of {@link SharedOptions}, for those that have more. */
export const sharedChecks: OptionChecks<SharedOptions> = {
  ...fetchChecks,
  payers: listOf(checkObject),
  ledger: checkLedgerOrMemory,
  rpcUrls: checkRpcUrls,
  verify: oneOf('chain'),
  recover: oneOf('at-start')
}
