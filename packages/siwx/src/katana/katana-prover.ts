import type { MessageSigner } from '@bursar/core'
import {
  BASE,
  type Clock,
  encodeHeader,
  type NetworkId,
  type RandomBytes,
  SOLANA_MAINNET,
  systemClock,
  systemRandom
} from '@bursar/core'
import { bytesToHex } from '@noble/hashes/utils.js'
import { readOrigin } from '../proof/origin.js'
import { SEND_SECONDS } from '../proof/send-time.js'
import { WalletProof } from '../proof/wallet-proof.js'
import { assertServes, walletOn } from '../signer/wallet.js'
import { formatKatanaText } from './katana-text.js'

/** With the two minutes for sending, a minute less than the five that servers give a proof. */
const MAX_REUSE_SECONDS = 120

/** What a Katana prover is made from. */
export interface KatanaProverOptions {
  readonly signer: MessageSigner
  /** The service that the proofs are for, such as `https://kat.imgnai.com`. Only the origin counts. */
  readonly origin: string | URL
  /** Default: Base, or Solana mainnet for a Solana signer. */
  readonly network?: NetworkId
  /**
   * For how long one proof serves every call, at most 120. Default 0: a new one for each, which is what a
   * server that counts nonces needs.
   */
  readonly reuseSeconds?: number
  /** How the text writes the time of issue. Default `unix`, as Katana's public integrators do. */
  readonly issuedAt?: 'unix' | 'rfc3339'
  readonly clock?: Clock
  readonly random?: RandomBytes
}

/** Makes wallet proofs for one origin. */
export interface KatanaProver {
  readonly origin: string
  readonly network: NetworkId
  /**
   * A proof that may be sent until two minutes after its issue, or after its reuse has ended.
   *
   * @throws {BursarError} `signer/failed`
   */
  prove(): Promise<WalletProof>
}

/**
 * Builds a prover for Katana's prepaid balance. Its text names neither URI, method nor body: while a proof is
 * fresh, whoever holds it can spend the balance.
 *
 * @throws {BursarError} `request/insecure` when the origin is plain http of another machine.
 * @throws {TypeError} when the signer cannot sign for the network, or a number is out of range.
 * @see Katana, "X-Sign-In-With-X wallet proof"
 */
export function katanaProver(options: KatanaProverOptions): KatanaProver {
  const { signer, reuseSeconds = 0, clock = systemClock } = options
  const origin = readOrigin(options.origin)
  const network = options.network ?? (signer.family === 'solana' ? SOLANA_MAINNET : BASE)
  assertServes(signer, network)
  if (!(reuseSeconds >= 0 && reuseSeconds <= MAX_REUSE_SECONDS)) {
    throw new TypeError(`reuseSeconds must be from 0 to ${MAX_REUSE_SECONDS}`)
  }
  const parts = { ...options, origin, network, reuseSeconds, clock }
  let kept: { readonly proof: Promise<WalletProof>; readonly fromMs: number } | undefined
  return {
    origin,
    network,
    prove() {
      const ageMs = clock.nowMs() - (kept?.fromMs ?? Number.POSITIVE_INFINITY)
      if (kept && ageMs >= 0 && ageMs < reuseSeconds * 1000) return kept.proof
      const made = { proof: makeProof(parts), fromMs: clock.nowMs() }
      if (reuseSeconds === 0) return made.proof
      kept = made
      made.proof.catch(() => {
        if (kept === made) kept = undefined
      })
      return made.proof
    }
  }
}

async function makeProof(
  parts: KatanaProverOptions & { origin: string; network: NetworkId; reuseSeconds: number; clock: Clock }
): Promise<WalletProof> {
  const { signer, origin, network, reuseSeconds, clock, random = systemRandom } = parts
  const issuedAtSeconds = Math.floor(clock.nowMs() / 1000)
  const wallet = await walletOn(network, signer)
  const message = formatKatanaText({
    ...wallet,
    nonce: bytesToHex(random(16)),
    issuedAt: parts.issuedAt === 'rfc3339' ? formatTime(issuedAtSeconds) : String(issuedAtSeconds)
  })
  const signature = await signer.sign(message, network)
  const value = encodeHeader({ ...wallet, message, signature, issued_at: issuedAtSeconds })
  return new WalletProof({
    ...wallet,
    origin,
    expiresAtSeconds: issuedAtSeconds + reuseSeconds + SEND_SECONDS,
    header: { name: 'X-Sign-In-With-X', value },
    clock
  })
}

function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
