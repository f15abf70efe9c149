import {
  BASE,
  type ClockOptions,
  checkClock,
  checkFunction,
  checkObject,
  checkOptions,
  checkText,
  encodeHeader,
  type MessageSigner,
  type OptionChecks,
  type ProofProvider,
  type RandomOptions,
  systemClock,
  systemRandom,
  unchecked,
  type WalletProof
} from '@bursar/core'
import { bytesToHex } from '@noble/hashes/utils.js'
import { readOrigin, readUrl } from '../proof/origin.js'
import { SEND_SECONDS } from '../proof/send-time.js'
import { assertOrigin, SignedProof } from '../proof/signed-proof.js'
import { assertServes, walletOn } from '../signer/wallet.js'
import { readSignInFields, type SignInFields } from '../text/sign-in-fields.js'
import { formatSignIn } from '../text/sign-in-text.js'

/** For how long Venice takes a proof, from its issue on. */
const LIFE_SECONDS = 300

/** What Venice's proofs are made from. */
export interface VeniceProofOptions extends ClockOptions, RandomOptions {
  /**
   * An EVM signer: Venice's own form knows Base only.
   *
   * @example { signer: createEvmSigner(account) }
   */
  readonly signer: MessageSigner
  /**
   * The service that the proofs are for. Default: `https://api.venice.ai`.
   *
   * @example { origin: 'http://127.0.0.1:4020' }
   */
  readonly origin?: string | URL | undefined
  /**
   * The sentence that the text shows to people. Default: `Sign in to Venice AI`.
   *
   * @example { statement: 'Sign in to Venice AI' }
   */
  readonly statement?: string | undefined
  /**
   * How long after its issue the proof expires, from 30 to 300 seconds. Default: 300.
   *
   * @example { lifeSeconds: 60 }
   */
  readonly lifeSeconds?: number | undefined
}

const veniceProofChecks: OptionChecks<VeniceProofOptions> = {
  signer: checkObject,
  origin: unchecked,
  statement: checkText,
  lifeSeconds: unchecked,
  clock: checkClock,
  random: checkFunction
}

/** Makes wallet proofs for Venice. A nonce counts once there, so that every request needs its own. */
export interface VeniceProofProvider extends ProofProvider {
  /**
   * Makes a proof for a request to this URL, whose path its text names; a query is left out.
   *
   * @throws {BursarError} `proof/wrong-origin` before anything is signed; `signer/failed`
   * @throws {TypeError} when the path holds what a URI cannot.
   */
  createProof(url: string | URL): Promise<WalletProof>
}

/**
 * Builds a provider of proofs in Venice's form: an EIP-4361 text of the client's own making.
 *
 * @example
 * ```ts
 * const proofs = createVeniceProofProvider({ signer: createEvmSigner(process.env.EVM_PRIVATE_KEY ?? '') })
 * const { name, value } = (await proofs.createProof(url)).headerFor(url)
 * ```
 * @throws {BursarError} `request/insecure` when the origin is plain http of another machine.
 * @throws {TypeError} when an option is unknown or malformed, the signer is not EVM, or the life is out of range.
 * @see EIP-4361
 */
export function createVeniceProofProvider(options: VeniceProofOptions): VeniceProofProvider {
  checkOptions(options, veniceProofChecks)
  const { signer, lifeSeconds = LIFE_SECONDS, statement = 'Sign in to Venice AI' } = options
  const { clock = systemClock, random = systemRandom } = options
  const origin = readOrigin(options.origin ?? 'https://api.venice.ai')
  assertServes(signer, BASE)
  if (!(lifeSeconds >= 30 && lifeSeconds <= LIFE_SECONDS)) {
    throw new TypeError(`lifeSeconds must be from 30 to ${LIFE_SECONDS}`)
  }
  return {
    origin,
    network: BASE,
    async createProof(url) {
      assertOrigin(origin, url)
      const wallet = await walletOn(BASE, signer)
      const timestamp = clock.nowMs()
      const nonce = bytesToHex(random(16))
      const fields = writeFields(readUrl(url), { nonce, statement, timestamp, lifeSeconds })
      const message = formatSignIn(fields, BASE, wallet.address)
      const signature = await signer.sign(message, BASE)
      const value = encodeHeader({ address: wallet.address, message, signature, timestamp, chainId: 8453 })
      const expiresAtSeconds = Math.floor(timestamp / 1000) + Math.min(lifeSeconds, SEND_SECONDS)
      const header = { name: 'X-Sign-In-With-X', value } as const
      return new SignedProof({ ...wallet, origin, expiresAtSeconds, header, clock })
    }
  }
}

/** What a text says beside its URL. */
interface VeniceText {
  readonly nonce: string
  readonly statement: string
  /** Unix milliseconds of the issue. */
  readonly timestamp: number
  readonly lifeSeconds: number
}

function writeFields({ host, origin, pathname }: URL, text: VeniceText): SignInFields {
  const { nonce, statement, timestamp, lifeSeconds } = text
  const fields = readSignInFields({
    domain: host,
    uri: pathname === '/' ? origin : `${origin}${pathname}`,
    version: '1',
    nonce,
    issuedAt: new Date(timestamp).toISOString(),
    statement,
    expirationTime: new Date(timestamp + lifeSeconds * 1000).toISOString()
  })
  if (typeof fields !== 'string') return fields
  throw new TypeError(`A sign-in for this URL cannot be written: ${fields}`)
}
