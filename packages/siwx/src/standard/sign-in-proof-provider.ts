import {
  type Clock,
  type ClockOptions,
  checkClock,
  checkObject,
  checkOptions,
  encodeHeader,
  isBursarError,
  listOf,
  type MessageSigner,
  type NetworkId,
  type OptionChecks,
  optionsOf,
  type RegistryOptions,
  registryChecks,
  type SignInProofProvider,
  sameAddress,
  systemClock,
  type WalletProof
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { readOrigin } from '../proof/origin.js'
import { SEND_SECONDS } from '../proof/send-time.js'
import { SignedProof } from '../proof/signed-proof.js'
import { walletOn } from '../signer/wallet.js'
import { parseDateTime } from '../text/date-time.js'
import type { SignInFields } from '../text/sign-in-fields.js'
import { formatSignIn } from '../text/sign-in-text.js'
import { challengeRejected, readSignInChallenge, signatureTypeOn } from './sign-in-challenge.js'

/** What standard sign-in proofs are made from. */
export interface SignInProofOptions extends ClockOptions, RegistryOptions {
  /**
   * The signers of the user's wallets. The first of each family of networks is used.
   *
   * @example { signers: [createEvmSigner(account)] }
   */
  readonly signers: readonly MessageSigner[]
}

const signInProofChecks: OptionChecks<SignInProofOptions> = {
  signers: listOf(checkObject),
  known: optionsOf(registryChecks),
  clock: checkClock
}

/**
 * Builds a provider of proofs for the standard x402 extension: the server's own challenge, signed as EIP-4361 or its
 * Solana counterpart. A challenge that is not bound to the origin that answered is rejected.
 *
 * @example
 * ```ts
 * const proofs = createSignInProofProvider({ signers: [createEvmSigner(process.env.EVM_PRIVATE_KEY ?? '')] })
 * const proof = await proofs.createProof({ challenge, url: response.url })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @see x402 sign-in-with-x; CAIP-122
 */
export function createSignInProofProvider(options: SignInProofOptions): SignInProofProvider {
  checkOptions(options, signInProofChecks)
  const { signers, known, clock = systemClock } = options
  const registry = createRegistry(known)
  return {
    async createProof({ challenge, url, network: wanted, addresses }) {
      const origin = readOrigin(url)
      const request = readSignInChallenge(challenge, origin, clock.nowMs())
      if (!request) return undefined
      for (const id of request.networks) {
        const network = registry.network(id)
        const signer = signers.find(({ family }) => family === network?.family)
        if (!network || !signer || (wanted ?? network.id) !== network.id) continue
        if (await isAmong(signer, addresses)) {
          return signProof({ fields: request.fields, origin, network: network.id, signer, clock })
        }
      }
      throw challengeRejected(origin, 'it names no chain that is known and has a signer')
    }
  }
}

/** A wallet that is not connected has no address, and leaves the sign-in to another. */
async function isAmong(signer: MessageSigner, addresses: readonly string[] | undefined): Promise<boolean> {
  try {
    const own = await signer.address()
    return addresses === undefined || addresses.some((address) => sameAddress(address, own))
  } catch (error) {
    if (isBursarError(error, 'signer/failed')) return false
    throw error
  }
}

/** What one proof is signed from. */
interface ProofRequest {
  readonly fields: SignInFields
  readonly origin: string
  readonly network: NetworkId
  readonly signer: MessageSigner
  readonly clock: Clock
}

async function signProof({ fields, origin, network, signer, clock }: ProofRequest): Promise<WalletProof> {
  const wallet = await walletOn(network, signer)
  const signature = await signer.sign(formatSignIn(fields, network, wallet.address), network)
  const type = signatureTypeOn(network)
  const value = encodeHeader({ ...fields, address: wallet.address, chainId: network, type, signature })
  const lastMs = parseDateTime(fields.expirationTime ?? '') ?? Number.POSITIVE_INFINITY
  return new SignedProof({
    ...wallet,
    origin,
    expiresAtSeconds: Math.min(Math.floor(clock.nowMs() / 1000) + SEND_SECONDS, Math.floor(lastMs / 1000)),
    header: { name: 'SIGN-IN-WITH-X', value },
    clock
  })
}
