import type { MessageSigner } from '@bursar/core'
import {
  type Challenge,
  type Clock,
  createRegistry,
  encodeHeader,
  type NetworkId,
  type RegistryAdditions,
  systemClock
} from '@bursar/core'
import { readOrigin } from '../proof/origin.js'
import { SEND_SECONDS } from '../proof/send-time.js'
import { WalletProof } from '../proof/wallet-proof.js'
import { walletOn } from '../signer/wallet.js'
import { parseDateTime } from '../text/date-time.js'
import type { SignInFields } from '../text/sign-in-fields.js'
import { formatSignIn } from '../text/sign-in-text.js'
import { challengeRefused, readSignInChallenge, signatureTypeOn } from './sign-in-challenge.js'

/** What a sign-in prover is made from. */
export interface SignInProverOptions {
  /** At most one of each family is used, the first. */
  readonly signers: readonly MessageSigner[]
  /** Networks beyond those on which USDC is known. */
  readonly known?: RegistryAdditions
  readonly clock?: Clock
}

/** Answers requests to sign in. */
export interface SignInProver {
  /**
   * Signs in for a 402 that asks for it.
   *
   * @param challenge as `parseChallenge` reads it.
   * @param url of the answer that carried it: `response.url`.
   * @param network the chain to sign in on. Default: the server's first that a signer serves.
   * @returns nothing when the challenge does not ask.
   * @throws {BursarError} `proof/challenge-refused`, `request/insecure`: nothing is signed; `signer/failed`
   */
  prove(
    challenge: Pick<Challenge, 'extensions'>,
    url: string | URL,
    network?: NetworkId
  ): Promise<WalletProof | undefined>
}

/**
 * Builds a prover for the standard x402 extension: the server's own challenge, signed as EIP-4361 or its
 * Solana twin. Refuses what is not bound to the origin that answered.
 *
 * @see x402 sign-in-with-x; CAIP-122
 */
export function signInProver(options: SignInProverOptions): SignInProver {
  const { signers, clock = systemClock } = options
  const registry = createRegistry(options.known)
  return {
    async prove(challenge, url, wanted) {
      const origin = readOrigin(url)
      const asked = readSignInChallenge(challenge, origin, clock.nowMs())
      if (!asked) return undefined
      for (const name of asked.networks) {
        const known = registry.network(name)
        const signer = signers.find(({ family }) => family === known?.family)
        if (known && signer && (wanted ?? known.id) === known.id) {
          return answer(asked.fields, origin, known.id, signer, clock)
        }
      }
      throw challengeRefused(origin, 'it names no chain that is known and has a signer')
    }
  }
}

async function answer(
  fields: SignInFields,
  origin: string,
  network: NetworkId,
  signer: MessageSigner,
  clock: Clock
): Promise<WalletProof> {
  const wallet = await walletOn(network, signer)
  const signature = await signer.sign(formatSignIn(fields, network, wallet.address), network)
  const type = signatureTypeOn(network)
  const value = encodeHeader({ ...fields, address: wallet.address, chainId: network, type, signature })
  const lastMs = parseDateTime(fields.expirationTime ?? '') ?? Number.POSITIVE_INFINITY
  return new WalletProof({
    ...wallet,
    origin,
    expiresAtSeconds: Math.min(Math.floor(clock.nowMs() / 1000) + SEND_SECONDS, Math.floor(lastMs / 1000)),
    header: { name: 'SIGN-IN-WITH-X', value },
    clock
  })
}
