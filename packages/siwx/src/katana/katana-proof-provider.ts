import {
  BASE,
  type Clock,
  type ClockOptions,
  checkClock,
  checkFunction,
  checkNetworkId,
  checkObject,
  checkOptions,
  encodeHeader,
  type MessageSigner,
  type NetworkId,
  type OptionChecks,
  oneOf,
  type ProofProvider,
  type RandomOptions,
  SOLANA_MAINNET,
  systemClock,
  systemRandom,
  unchecked,
  type WalletProof
} from '@bursar/core'
import { bytesToHex } from '@noble/hashes/utils.js'
import { readOrigin } from '../proof/origin.js'
import { SEND_SECONDS } from '../proof/send-time.js'
import { SignedProof } from '../proof/signed-proof.js'
import { assertServes, walletOn } from '../signer/wallet.js'
import { formatKatanaText } from './katana-text.js'

/** With the two minutes for sending, a minute less than the five that servers give a proof. */
const MAX_REUSE_SECONDS = 120

/** What Katana's proofs are made from. */
export interface KatanaProofOptions extends ClockOptions, RandomOptions {
  /** Signs the text of the proof. @example { signer: createEvmSigner(account) } */
  readonly signer: MessageSigner
  /**
   * The service that the proofs are for. Only the origin of the URL counts.
   *
   * @example { origin: 'https://kat.imgnai.com' }
   */
  readonly origin: string | URL
  /**
   * The network that the text names. Default: Base, or Solana mainnet for a Solana signer.
   *
   * @example { network: 'eip155:8453' }
   */
  readonly network?: NetworkId | undefined
  /**
   * For how many seconds one proof serves every call, at most 120. Default: 0, a new proof for each call, as a
   * server needs that accepts each nonce once.
   *
   * @example { reuseSeconds: 60 }
   */
  readonly reuseSeconds?: number | undefined
  /**
   * How the text writes the time of issue. Default: `unix`, as Katana's public integrators do.
   *
   * @example { issuedAt: 'rfc3339' }
   */
  readonly issuedAt?: 'unix' | 'rfc3339' | undefined
}

const katanaProofChecks: OptionChecks<KatanaProofOptions> = {
  signer: checkObject,
  origin: unchecked,
  network: checkNetworkId,
  reuseSeconds: unchecked,
  issuedAt: oneOf('unix', 'rfc3339'),
  clock: checkClock,
  random: checkFunction
}

/** Makes proofs for Katana's prepaid balance. They name no URL, so that one serves every URL of the origin. */
export interface KatanaProofProvider extends ProofProvider {
  /**
   * Makes a proof that may be sent until two minutes after its issue, or after its reuse has ended.
   *
   * @throws {BursarError} `signer/failed`
   */
  createProof(): Promise<WalletProof>
}

/**
 * Builds a provider of proofs for Katana's prepaid balance. Its text names neither URI, method nor body: while a proof
 * is fresh, anybody who holds it can spend the balance.
 *
 * @example
 * ```ts
 * const signer = createEvmSigner(process.env.EVM_PRIVATE_KEY ?? '')
 * const proofs = createKatanaProofProvider({ signer, origin: 'https://kat.imgnai.com' })
 * const { name, value } = (await proofs.createProof()).headerFor(url)
 * ```
 * @throws {BursarError} `request/insecure` when the origin is plain http of another machine.
 * @throws {TypeError} when an option is unknown or malformed, the signer cannot sign for the network, or a number is out of range.
 * @see Katana, "X-Sign-In-With-X wallet proof"
 */
export function createKatanaProofProvider(options: KatanaProofOptions): KatanaProofProvider {
  checkOptions(options, katanaProofChecks)
  const { signer, reuseSeconds = 0, clock = systemClock } = options
  const origin = readOrigin(options.origin)
  const network = options.network ?? (signer.family === 'solana' ? SOLANA_MAINNET : BASE)
  assertServes(signer, network)
  if (!(reuseSeconds >= 0 && reuseSeconds <= MAX_REUSE_SECONDS)) {
    throw new TypeError(`reuseSeconds must be from 0 to ${MAX_REUSE_SECONDS}`)
  }
  const lifeSeconds = reuseSeconds + SEND_SECONDS
  const create = () => signProof({ ...options, origin, network, lifeSeconds, clock })
  const createProof = reuseSeconds === 0 ? create : reuse(create, reuseSeconds * 1000, clock)
  return { origin, network, createProof }
}

/** Returns the same proof for a while. A failure is not kept. */
function reuse(create: () => Promise<WalletProof>, forMs: number, clock: Clock): () => Promise<WalletProof> {
  let kept: { readonly proof: Promise<WalletProof>; readonly fromMs: number } | undefined
  return () => {
    const ageMs = clock.nowMs() - (kept?.fromMs ?? Number.POSITIVE_INFINITY)
    if (kept && ageMs >= 0 && ageMs < forMs) return kept.proof
    const created = { proof: create(), fromMs: clock.nowMs() }
    kept = created
    created.proof.catch(() => {
      if (kept === created) kept = undefined
    })
    return created.proof
  }
}

/** What one proof is signed from. */
interface ProofRequest extends KatanaProofOptions {
  readonly origin: string
  readonly network: NetworkId
  /** From the issue of the proof until it is no longer handed over. */
  readonly lifeSeconds: number
  readonly clock: Clock
}

async function signProof(request: ProofRequest): Promise<WalletProof> {
  const { signer, origin, network, lifeSeconds, clock, random = systemRandom } = request
  const issuedAtSeconds = Math.floor(clock.nowMs() / 1000)
  const wallet = await walletOn(network, signer)
  const message = formatKatanaText({
    ...wallet,
    nonce: bytesToHex(random(16)),
    issuedAt: request.issuedAt === 'rfc3339' ? formatTime(issuedAtSeconds) : String(issuedAtSeconds)
  })
  const signature = await signer.sign(message, network)
  const value = encodeHeader({ ...wallet, message, signature, issued_at: issuedAtSeconds })
  return new SignedProof({
    ...wallet,
    origin,
    expiresAtSeconds: issuedAtSeconds + lifeSeconds,
    header: { name: 'X-Sign-In-With-X', value },
    clock
  })
}

function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
