import type { MessageSigner } from '@bursar/core'
import { BASE, type Clock, encodeHeader, type RandomBytes, systemClock, systemRandom } from '@bursar/core'
import { bytesToHex } from '@noble/hashes/utils.js'
import { readOrigin, readUrl } from '../proof/origin.js'
import { SEND_SECONDS } from '../proof/send-time.js'
import { assertOrigin, WalletProof } from '../proof/wallet-proof.js'
import { assertServes, walletOn } from '../signer/wallet.js'
import { readSignInFields } from '../text/sign-in-fields.js'
import { formatSignIn } from '../text/sign-in-text.js'

/** What Venice gives a proof, from its issue on. */
const LIFE_SECONDS = 300

/** What a Venice prover is made from. */
export interface VeniceProverOptions {
  /** EVM; Venice's own form knows Base only. */
  readonly signer: MessageSigner
  /** Default `https://api.venice.ai`. */
  readonly origin?: string | URL
  /** Default `Sign in to Venice AI`. */
  readonly statement?: string
  /** The time of expiry that the text names, from 30 to 300 seconds after its issue. Default 300. */
  readonly lifeSeconds?: number
  readonly clock?: Clock
  readonly random?: RandomBytes
}

/** Makes wallet proofs for Venice. A nonce counts once there, so that every request needs its own. */
export interface VeniceProver {
  readonly origin: string
  /**
   * A proof for a request to this URL, whose path its text names; a query is left out.
   *
   * @throws {BursarError} `proof/wrong-origin` before anything is signed; `signer/failed`
   * @throws {TypeError} when the path holds what a URI cannot.
   */
  prove(url: string | URL): Promise<WalletProof>
}

/**
 * Builds a prover for Venice's form: an EIP-4361 text of the client's own making.
 *
 * @throws {BursarError} `request/insecure` when the origin is plain http of another machine.
 * @throws {TypeError} when the signer is not EVM, or the life is out of range.
 * @see EIP-4361
 */
export function veniceProver(options: VeniceProverOptions): VeniceProver {
  const { signer, lifeSeconds = LIFE_SECONDS, statement = 'Sign in to Venice AI' } = options
  const { clock = systemClock, random = systemRandom } = options
  const origin = readOrigin(options.origin ?? 'https://api.venice.ai')
  assertServes(signer, BASE)
  if (!(lifeSeconds >= 30 && lifeSeconds <= LIFE_SECONDS)) {
    throw new TypeError(`lifeSeconds must be from 30 to ${LIFE_SECONDS}`)
  }
  return {
    origin,
    async prove(url) {
      assertOrigin(origin, url)
      const { host, pathname } = readUrl(url)
      const wallet = await walletOn(BASE, signer)
      const timestamp = clock.nowMs()
      const fields = readSignInFields({
        domain: host,
        uri: pathname === '/' ? origin : `${origin}${pathname}`,
        version: '1',
        nonce: bytesToHex(random(16)),
        issuedAt: new Date(timestamp).toISOString(),
        statement,
        expirationTime: new Date(timestamp + lifeSeconds * 1000).toISOString()
      })
      if (typeof fields === 'string')
        throw new TypeError(`A sign-in for this URL cannot be written: ${fields}`)
      const message = formatSignIn(fields, BASE, wallet.address)
      const signature = await signer.sign(message, BASE)
      const value = encodeHeader({ address: wallet.address, message, signature, timestamp, chainId: 8453 })
      const expiresAtSeconds = Math.floor(timestamp / 1000) + Math.min(lifeSeconds, SEND_SECONDS)
      const header = { name: 'X-Sign-In-With-X', value } as const
      return new WalletProof({ ...wallet, origin, expiresAtSeconds, header, clock })
    }
  }
}
