import {
  atomicUsdc,
  BASE,
  type Ledger,
  type NetworkId,
  type RandomBytes,
  SOLANA_MAINNET,
  systemClock,
  systemRandom
} from '@bursar/core'
import type { Bursar as PayingBursar } from '@bursar/fetch'
import {
  createKatana,
  type Katana,
  type KatanaOptions,
  type OnSubmitted,
  type Submission
} from '@bursar/generation'
import { evmSigner, katanaProver, type MessageSigner, solanaSigner } from '@bursar/siwx'
import { createPrepaid, katanaPrepaid, type Prepaid, type TopUpRule } from '@bursar/wallet'
import type { BursarOptions } from './create-bursar.js'

/** How Katana is used with a bursar's money. */
export interface KatanaSetup
  extends Pick<
    KatanaOptions,
    'baseUrl' | 'apiKey' | 'billing' | 'validate' | 'catalogue' | 'onSubmitted' | 'plainFetch'
  > {
  /** Of the prepaid balance: Base, or Solana's mainnet. Default: Base, as far as there is an EVM account. */
  readonly network?: NetworkId
  /** When and how far the prepaid balance may be topped up without being asked. Default: never. */
  readonly topUp?: TopUpRule
}

/** imgnAI Katana, paid by a bursar. */
export interface PaidKatana extends Katana {
  /** Such as `https://kat.imgnai.com`. */
  readonly origin: string
  /** The prepaid balance of the wallet that pays. */
  readonly balance: Prepaid
}

const BASE_URL = 'https://kat.imgnai.com'

/**
 * Builds the client: direct calls are paid by the bursar, calls by wallet from the prepaid balance. Each job's id is in the
 * ledger before the job is first asked about.
 *
 * @throws {TypeError} when an option is malformed, or no account can prove a balance on the network.
 */
export function openKatana(
  bursar: Pick<PayingBursar, 'fetch' | 'receiptOf'>,
  ledger: Ledger,
  options: BursarOptions,
  setup: KatanaSetup
): PaidKatana {
  const { baseUrl = BASE_URL, network, topUp, onSubmitted, ...rest } = setup
  const { clock = systemClock, random } = options
  const sources = { ...(random ? { random } : {}), clock }
  const signer = signerOf(options, network)
  const prover = katanaProver({ ...sources, signer, origin: baseUrl, ...(network ? { network } : {}) })
  const balance = createPrepaid({
    service: katanaPrepaid,
    baseUrl,
    fetch: bursar.fetch,
    ...(setup.plainFetch ? { plainFetch: setup.plainFetch } : {}),
    prover,
    ledger,
    clock,
    ...(topUp ? { topUp } : {})
  })
  const keepJob: OnSubmitted = async (submission) => {
    await noteJob(ledger, prover.origin, random ?? systemRandom, submission)
    await onSubmitted?.(submission)
  }
  const katana = createKatana({
    ...rest,
    ...sources,
    baseUrl,
    fetch: bursar.fetch,
    receiptOf: bursar.receiptOf,
    walletFetch: balance.fetch,
    describe: (about) => ({ bursar: { labels: { ...about } } }),
    onSubmitted: keepJob
  })
  return { ...katana, origin: prover.origin, balance }
}

/** Writes a job's id down: with the purchase that paid for it, or, where a balance or an account did, by itself. */
async function noteJob(
  ledger: Ledger,
  origin: string,
  random: RandomBytes,
  { purchase, requestId, service, model, billing, billedBecause }: Submission
): Promise<void> {
  const event = { type: 'job', job: requestId } as const
  if (purchase !== undefined) return void (await ledger.advance(purchase, event))
  const id = `j${bytesToHex(random(16))}`
  await ledger.reserve({
    id,
    fingerprint: id,
    method: 'POST',
    origin,
    path: '/v1/generation-requests',
    // No payment of ours: what it costs was paid with the top-up, or is the account's.
    offer: { dialect: 'katana', network: BASE, asset: '', payTo: '', amountAtomic: 0n, cost: atomicUsdc(0n) },
    budgets: [],
    labels: { service, model, billing, billedBecause }
  })
  await ledger.advance(id, event)
  await ledger.advance(id, { type: 'released' })
  await ledger.advance(id, { type: 'answered' })
}

function bytesToHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function signerOf({ evm, solana }: BursarOptions, network: NetworkId | undefined): MessageSigner {
  const wantsSolana = network === SOLANA_MAINNET || (network === undefined && evm === undefined)
  if (wantsSolana && solana !== undefined) return solanaSigner(messageAccount(solana, 'solana'))
  if (!wantsSolana && evm !== undefined) return evmSigner(messageAccount(evm, 'evm'))
  throw new TypeError(`No account can prove a balance on ${network ?? 'any network'}`)
}

/** Whoever signs payments does not always sign texts. */
function messageAccount<Account>(account: unknown, name: string): Account {
  const signsTexts =
    typeof account !== 'object' ||
    account === null ||
    'secretKey' in account ||
    'signMessage' in account ||
    'signMessages' in account ||
    Array.isArray(account) ||
    account instanceof Uint8Array
  if (signsTexts) return account as Account
  throw new TypeError(`The ${name} account signs payments and no texts, so that it cannot prove a balance`)
}
