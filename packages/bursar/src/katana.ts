import {
  type AccountMeter,
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
} from '@bursar/generation/katana'
import { createPrepaid, katanaPrepaid, type Prepaid, type TopUpRule } from '@bursar/prepaid'
import {
  type EvmProofAccount,
  evmSigner,
  katanaProver,
  type MessageSigner,
  type SolanaProofAccount,
  solanaSigner
} from '@bursar/siwx'
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
 * @throws {TypeError} when an option is malformed, or there is no account on the network.
 */
export function openKatana(
  bursar: Pick<PayingBursar, 'fetch' | 'receiptOf'>,
  { ledger, meter }: { readonly ledger: Ledger; readonly meter: AccountMeter },
  options: BursarOptions,
  setup: KatanaSetup
): { readonly katana: PaidKatana; readonly hasBalance: boolean } {
  const { baseUrl = BASE_URL, network, topUp, onSubmitted, ...rest } = setup
  const { clock = systemClock, random } = options
  const sources = { ...(random ? { random } : {}), clock }
  const signer = signerOf(options, network)
  const proving = { ...sources, origin: baseUrl, ...(network ? { network } : {}) }
  const prover = katanaProver({ ...proving, signer: signer ?? nobody(options) })
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
    ...(rest.apiKey === undefined ? {} : { meter }),
    ...(signer ? { walletFetch: balance.fetch } : {}),
    describe: (about) => ({ bursar: { labels: { ...about } } }),
    onSubmitted: keepJob
  })
  return { katana: { ...katana, origin: prover.origin, balance }, hasBalance: signer !== undefined }
}

/** Writes a job's id down: with the purchase that it was bought by, or, where a balance paid, by itself. */
async function noteJob(
  ledger: Ledger,
  origin: string,
  random: RandomBytes,
  { purchase, requestId, service, model, billing, billedBecause }: Submission
): Promise<void> {
  const event = { type: 'job', job: requestId } as const
  if (purchase !== undefined) return void (await ledger.recordEvent(purchase, event))
  const id = `j${bytesToHex(random(16))}`
  await ledger.reserve({
    id,
    fingerprint: id,
    method: 'POST',
    origin,
    path: '/v1/generation-requests',
    // No payment of its own: what it costs was paid with the top-up.
    offer: { dialect: 'katana', network: BASE, asset: '', payTo: '', amountAtomic: 0n, cost: atomicUsdc(0n) },
    budgets: [],
    labels: { service, model, billing, billedBecause }
  })
  await ledger.recordEvent(id, event)
  await ledger.recordEvent(id, { type: 'released' })
  await ledger.recordEvent(id, { type: 'answered' })
}

function bytesToHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Who proves the balance; nobody, when the account signs payments and no texts. */
function signerOf({ evm, solana }: BursarOptions, network: NetworkId | undefined): MessageSigner | undefined {
  const onSolana = network === SOLANA_MAINNET || (network === undefined && evm === undefined)
  const account = onSolana ? solana : evm
  if (account === undefined && network !== undefined) throw new TypeError(`There is no account on ${network}`)
  if (account === undefined || !signsTexts(account)) return undefined
  return onSolana ? solanaSigner(account as SolanaProofAccount) : evmSigner(account as EvmProofAccount)
}

function signsTexts(account: unknown): boolean {
  if (typeof account !== 'object' || account === null || Array.isArray(account)) return true
  if (account instanceof Uint8Array || 'secretKey' in account) return true
  return 'signMessage' in account || 'signMessages' in account
}

/** Pays, and has no balance to prove: whoever asks for one is told so. */
function nobody({ evm }: BursarOptions): MessageSigner {
  const refuse = async (): Promise<never> => {
    throw new TypeError('The account signs payments and no texts, so that it cannot prove a prepaid balance')
  }
  return { family: evm === undefined ? 'solana' : 'eip155', address: refuse, sign: refuse }
}
