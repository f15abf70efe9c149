import { loadOnce, type MessageSigner, type NetworkId, SOLANA_MAINNET } from '@bursar/core'
import { readSolanaKey } from '@bursar/core/solana-key'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import bs58 from 'bs58'
import { callWallet, signerFailed } from './signer-error.js'
import type { SolanaKitMessageSigner, SolanaMessageWallet, SolanaProofAccount } from './solana-account.js'

/**
 * Builds a signer of wallet proofs from a Solana account.
 *
 * @example
 * ```ts
 * const signer = createSolanaSigner(process.env.SVM_PRIVATE_KEY ?? '')
 * ```
 * @throws {TypeError} when the account is of no known kind. The message never shows a key.
 * @see RFC 8032, "Ed25519"
 */
export function createSolanaSigner(account: SolanaProofAccount): MessageSigner {
  if (typeof account === 'string' || account instanceof Uint8Array || isNumbers(account)) {
    return createKeySigner(readSecretKey(account))
  }
  if (typeof account === 'object' && account !== null) {
    if ('secretKey' in account) return createKeySigner(readSecretKey(account.secretKey))
    if ('signMessages' in account) return createKitSigner(account)
    if ('signMessage' in account) return createWalletSigner(account)
  }
  throw new TypeError(
    'The Solana account must be a secret key, a web3.js Keypair, a wallet with signMessage, or a kit signer'
  )
}

function readSecretKey(secret: string | readonly number[] | Uint8Array): Uint8Array {
  return readSolanaKey(secret, (text) => bs58.decodeUnsafe(text))
}

/** `Array.isArray` alone does not narrow a readonly array. */
function isNumbers(account: SolanaProofAccount): account is readonly number[] {
  return Array.isArray(account)
}

/** Loaded by who signs or checks: that takes 3 ms. */
const loadCurve = () => import('@noble/ed25519')

/** The key stays in this closure. @param secret 32 or 64 bytes. */
function createKeySigner(secret: Uint8Array): MessageSigner {
  const seed = secret.slice(0, 32)
  const given = secret.slice(32)
  const publicKey = loadOnce(async () => (await loadCurve()).getPublicKeyAsync(seed))
  const address = async (): Promise<string> => {
    const text = bs58.encode(await publicKey())
    if (given.length === 0 || bs58.encode(given) === text) return text
    throw new TypeError(
      'The two halves of the Solana secret key do not belong together (its value is not shown)'
    )
  }
  return Object.freeze<MessageSigner>({
    family: 'solana',
    address,
    async sign(text) {
      await address()
      const { signAsync } = await loadCurve()
      return bs58.encode(await signAsync(utf8ToBytes(text), seed))
    }
  })
}

/** What an adapter that is asked to sign now would throw, with the code that wallets have for it. @see EIP-1193 */
const disconnected = { name: 'WalletNotConnectedError', code: 4900 }

/** The wallet's account may change, so it is asked each time. */
function createWalletSigner(wallet: SolanaMessageWallet): MessageSigner {
  const publicKeyOf = (): Uint8Array => {
    const bytes = wallet.publicKey?.toBytes()
    if (bytes?.length !== 32) throw signerFailed(SOLANA_MAINNET, 'it is not connected', disconnected)
    return bytes
  }
  return Object.freeze<MessageSigner>({
    family: 'solana',
    address: async () => bs58.encode(publicKeyOf()),
    async sign(text, network) {
      const publicKey = publicKeyOf()
      const answer = await callWallet(network, () => wallet.signMessage(utf8ToBytes(text)))
      const signature = 'signature' in answer ? answer.signature : answer
      return checkSignature({ text, signature, publicKey, network })
    }
  })
}

function createKitSigner(signer: SolanaKitMessageSigner): MessageSigner {
  const publicKey = bs58.decodeUnsafe(signer.address)
  if (publicKey?.length !== 32) throw new TypeError('A Solana address must be base58 of 32 bytes')
  return Object.freeze<MessageSigner>({
    family: 'solana',
    address: async () => signer.address,
    async sign(text, network) {
      const message = { content: utf8ToBytes(text), signatures: {} }
      const [signatures] = await callWallet(network, () => signer.signMessages([message]))
      return checkSignature({ text, signature: signatures?.[signer.address], publicKey, network })
    }
  })
}

/** What a wallet returned, and what it should be. */
interface ReturnedSignature {
  readonly text: string
  readonly signature: ArrayLike<number> | undefined
  readonly publicKey: Uint8Array
  readonly network: NetworkId
}

async function checkSignature({ text, signature, publicKey, network }: ReturnedSignature): Promise<string> {
  if (signature?.length !== 64) throw signerFailed(network, 'it returned no signature')
  const bytes = Uint8Array.from(signature)
  const { verifyAsync } = await loadCurve()
  const isOurs = await verifyAsync(bytes, utf8ToBytes(text), publicKey, { zip215: false })
  if (!isOurs) throw signerFailed(network, 'its signature is not by its address')
  return bs58.encode(bytes)
}
