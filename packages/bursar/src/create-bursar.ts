import type { Books, CancelOutcome, Reconciliation } from '@bursar/audit'
import { BASE, bursarParts, type NetworkId, type Payer, SOLANA_MAINNET, systemClock } from '@bursar/core'
import {
  type BursarFetch,
  createPayers,
  createPayingFetch,
  type FetchLike,
  type PayerSource,
  type Bursar as PayingBursar
} from '@bursar/fetch'
import type { OpenClaw, RelayOptions } from '@bursar/generation/openclaw'
import type { Tokenhot } from '@bursar/generation/tokenhot'
import type { TokenHub } from '@bursar/generation/tokenhub'
import type { SolanaAccount } from '@bursar/solana'
import { auditorsOf } from './auditors.js'
import type { Balances, OpenPrepaid } from './balances.js'
import { assemble, type EvmBursarOptions } from './create-evm-bursar.js'
import type { KatanaSetup, PaidKatana } from './katana.js'
import { type PrepaidOrigins, routeToBalances } from './prepaid-routes.js'
import type { RetargetSetup } from './retarget.js'
import type { PaidVenice, VeniceSetup } from './venice.js'

/** What a bursar is made from. `limits` is required, and one account at least. */
export interface BursarOptions extends EvmBursarOptions {
  /**
   * Pays on Solana: a secret key in base58 or as `solana-keygen` writes it, a web3.js `Keypair`, a wallet adapter,
   * or a kit signer. Loaded when a Solana offer is first considered.
   */
  readonly solana?: SolanaAccount
  /**
   * `chain` holds every receipt against the chain before its answer is handed over, for a look-up or two a payment.
   * Default: the server is believed, and `reconcile` finds out.
   */
  readonly verify?: 'chain'
  /**
   * Origins of Katana whose texts `fetch` pays from a prepaid balance, with how each is kept:
   * `{ 'https://kat.imgnai.com': { topUp: { amount: '1.00', perDay: '5.00' } } }`. Images and videos are paid directly.
   */
  readonly prepaid?: PrepaidOrigins
  /** Asks the chain, once and in the background, what became of what earlier processes left open. */
  readonly recover?: 'at-start'
}

/** What a client of a service that bills an account is made from. */
export type RelaySetup = Omit<RelayOptions, 'meter' | 'clock' | 'random'>

/** What `reconcile` is asked. */
export interface ReconcileOptions {
  /** Unix milliseconds. Default: a day ago. */
  readonly fromMs?: number
  /** Default: Base, and Solana's mainnet, as far as there is an account. */
  readonly networks?: readonly NetworkId[]
}

/** Pays for what it fetches, and keeps the books. */
export interface Bursar extends PayingBursar {
  /**
   * Makes the authorization of a purchase void, in a transaction whose gas the account pays. EVM networks only.
   *
   * @throws {BursarError} `purchase/not-cancellable`, `rpc/unavailable`, `ledger/unavailable`
   */
  cancel(id: string): Promise<CancelOutcome>
  /**
   * Joins the ledger with the chain, payment by payment, and with the services whose prepaid balances are open, and
   * tells on what they do not agree.
   *
   * @throws {BursarError} `rpc/unavailable`, `ledger/unavailable`, `service/*`
   */
  reconcile(options?: ReconcileOptions): Promise<Reconciliation>
  /** USDC and gas on both chains, and every prepaid balance that was opened. */
  balances(): Promise<Balances>
  /**
   * imgnAI Katana, paid by this bursar: directly, from a prepaid balance, or by an API key.
   *
   * @example
   * ```ts
   * const katana = await bursar.katana({ topUp: { amount: '1.00', perDay: '5.00' } })
   * const job = await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
   * await job.save('out/')
   * ```
   * @throws {TypeError} when an option is malformed.
   */
  katana(setup?: KatanaSetup): Promise<PaidKatana>
  /**
   * Venice, paid from a prepaid balance on Base.
   *
   * @throws {TypeError} when there is no EVM account that signs texts, or an option is malformed.
   */
  venice(setup?: VeniceSetup): Promise<PaidVenice>
  /**
   * A fetch with which a script that was written for Venice runs on Katana as it is. What Katana has no counterpart for
   * is refused by its name.
   *
   * @param katana as `katana()` opened it.
   * @throws {TypeError} when an option is malformed.
   */
  retarget(katana: PaidKatana, setup?: RetargetSetup): Promise<BursarFetch>
  /**
   * OpenClaw Token on its account, billed under the limits and entered in the ledger.
   *
   * @throws {TypeError} when an option is malformed.
   */
  openclaw(setup: RelaySetup): Promise<OpenClaw>
  /** Tokenhot on its account. @throws as `openclaw` */
  tokenhot(setup: RelaySetup): Promise<Tokenhot>
  /** TokenHub on its account. @throws as `openclaw` */
  tokenhub(setup: RelaySetup): Promise<TokenHub>
  /**
   * Writes the service's name for a job down with the purchase that bought it, so that it is found after a crash.
   *
   * @param purchase the receipt's.
   * @throws {BursarError} `ledger/conflict`, `ledger/unavailable`
   */
  noteJob(purchase: string, job: string): Promise<void>
}

/**
 * Builds a fetch that pays: a 402 becomes a paid answer, once, within the limits, with a record.
 *
 * @example
 * ```ts
 * const bursar = createBursar({
 *   evm: process.env.EVM_PRIVATE_KEY,
 *   solana: process.env.SVM_PRIVATE_KEY,
 *   limits: { payment: '0.25', day: '5.00' }
 * })
 * const response = await bursar.fetch('https://kat.imgnai.com/v1/chat/completions', { method: 'POST', body })
 * console.log(bursar.receiptOf(response))
 * ```
 * @throws {TypeError} when `limits` is missing, no account is given, or a key is malformed.
 * @throws {BursarError} `amount/malformed`
 */
export function createBursar(options: BursarOptions): Bursar {
  const { solana, verify, recover, prepaid: origins, ...rest } = options
  const payers = solana === undefined ? rest.payers : [...(rest.payers ?? []), solanaSource(solana, rest)]
  const parts = assemble({ ...rest, ...(payers ? { payers } : {}) })
  const { ledger, clock = systemClock } = parts
  const books: Books = { ledger, clock, auditorOf: auditorsOf(options), payerOf: createPayers(parts.payers) }
  const bursar = createPayingFetch({
    ...parts,
    ...(verify === 'chain'
      ? { verifyReceipt: async (...claim) => (await openBooks()).verifyReceipt(books, ...claim) }
      : {})
  })
  // What cannot be asked now is asked by the next, and by every call that needs the room in its budget.
  if (recover === 'at-start') bursar.recover().catch(() => {})
  const prepaid: OpenPrepaid[] = []
  const pay = bursar.fetch
  const { clock: given, random } = parts
  const relayParts = () => ({
    meter: bursar[bursarParts]().createAccountMeter(),
    ...(given ? { clock: given } : {}),
    ...(random ? { random } : {})
  })
  const katana = async (setup: KatanaSetup = {}): Promise<PaidKatana> => {
    const { openKatana } = await import('./katana.js')
    const { katana: opened, hasBalance } = openKatana(
      { ...bursar, fetch: pay },
      { ledger, meter: bursar[bursarParts]().createAccountMeter() },
      options,
      setup
    )
    if (hasBalance) prepaid.push({ service: 'katana', origin: opened.origin, prepaid: opened.balance })
    return opened
  }
  return Object.freeze({
    ...bursar,
    ...(origins ? { fetch: routeToBalances(pay, origins, katana) } : {}),
    katana,
    async venice(setup: VeniceSetup = {}) {
      const { openVenice } = await import('./venice.js')
      const venice = openVenice({ fetch: pay }, ledger, options, setup)
      prepaid.push({ service: 'venice', origin: venice.origin, prepaid: venice.balance })
      return venice
    },
    retarget: async (opened: PaidKatana, setup: RetargetSetup = {}) =>
      (await import('./retarget.js')).retargetFetch(opened, pay, setup),
    openclaw: async (setup: RelaySetup) =>
      (await import('@bursar/generation/openclaw')).createOpenClaw({ ...setup, ...relayParts() }),
    tokenhot: async (setup: RelaySetup) =>
      (await import('@bursar/generation/tokenhot')).createTokenhot({ ...setup, ...relayParts() }),
    tokenhub: async (setup: RelaySetup) =>
      (await import('@bursar/generation/tokenhub')).createTokenHub({ ...setup, ...relayParts() }),
    balances: async () => (await import('./balances.js')).readBalances(books.payerOf, prepaid),
    cancel: async (id: string) => (await openBooks()).cancel(books, id),
    reconcile: async ({ fromMs, networks = networksOf(options) }: ReconcileOptions = {}) =>
      (await openBooks()).reconcile(books, {
        networks,
        prepaid,
        ...(fromMs === undefined ? {} : { fromMs })
      }),
    noteJob: async (purchase: string, job: string) =>
      void (await ledger.recordEvent(purchase, { type: 'job', job }))
  })
}

/** Most programs pay and never look back. */
const openBooks = () => import('@bursar/audit')

function networksOf({ evm, solana }: BursarOptions): NetworkId[] {
  return [...(evm === undefined ? [] : [BASE]), ...(solana === undefined ? [] : [SOLANA_MAINNET])]
}

/** The key's shape is checked now, the key itself once it is loaded. */
const solanaKeyShape = /^\s*(?:\[[\d,\s]+\]|[1-9A-HJ-NP-Za-km-z]{32,88})\s*$/

function solanaSource(account: SolanaAccount, options: EvmBursarOptions): PayerSource {
  if (typeof account === 'string' && !solanaKeyShape.test(account))
    throw new TypeError('solana is neither base58 nor a JSON array of bytes (its value is not shown)')
  const { clock, random, known, rpcUrls } = options
  const load = async (): Promise<Payer> =>
    (await import('@bursar/solana')).createSolanaPayer({ account, clock, random, known, rpcUrls })
  return { family: 'solana', load }
}

/**
 * Wraps a fetch that you bring, so that a 402 is paid.
 *
 * @throws as {@link createBursar}
 */
export function wrapFetch(fetch: FetchLike, options: Omit<BursarOptions, 'fetch'>): BursarFetch {
  return createBursar({ ...options, fetch }).fetch
}
