import type { MessageSigner, NetworkId } from '@bursar/core'
import { getPublicKeyAsync, signAsync, verifyAsync } from '@noble/ed25519'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import bs58 from 'bs58'
import { signerFailed } from './signer-failed.js'
import type { SolanaKitMessageSigner, SolanaMessageWallet, SolanaProofAccount } from './solana-account.js'
import { readSolanaKey } from './solana-key.js'

/**
 * Signs wallet proofs with a Solana account.
 *
 * @throws {TypeError} when the account is none. The message never shows a key.
 * @see RFC 8032, "Ed25519"
 */
export function solanaSigner(account: SolanaProofAccount): MessageSigner {
  if (typeof account === 'string' || account instanceof Uint8Array || isNumbers(account)) {
    return keySigner(readSolanaKey(account))
  }
  if (typeof account === 'object' && account !== null) {
    if ('secretKey' in account) return keySigner(readSolanaKey(account.secretKey))
    if ('signMessages' in account) return kitSigner(account)
    if ('signMessage' in account) return walletSigner(account)
  }
  throw new TypeError(
    'The Solana account must be a secret key, a web3.js Keypair, a wallet with signMessage, or a kit signer'
  )
}

/** The key stays in this closure. @param secret 32 or 64 bytes. */
function keySigner(secret: Uint8Array): MessageSigner {
  const seed = secret.slice(0, 32)
  const given = secret.slice(32)
  let publicKey: Promise<Uint8Array> | undefined
  const address = async (): Promise<string> => {
    publicKey ??= getPublicKeyAsync(seed)
    const text = bs58.encode(await publicKey)
    if (given.length > 0 && bs58.encode(given) !== text) {
      throw new TypeError(
        'The two halves of the Solana secret key do not belong together (its value is not shown)'
      )
    }
    return text
  }
  return Object.freeze<MessageSigner>({
    family: 'solana',
    address,
    async sign(text) {
      await address()
      return bs58.encode(await signAsync(utf8ToBytes(text), seed))
    }
  })
}

/** Its account may change, so it is asked each time. */
function walletSigner(wallet: SolanaMessageWallet): MessageSigner {
  const publicKey = (): Uint8Array => {
    const bytes = wallet.publicKey?.toBytes()
    if (bytes?.length !== 32) throw new TypeError('The Solana wallet is not connected')
    return bytes
  }
  return Object.freeze<MessageSigner>({
    family: 'solana',
    address: async () => bs58.encode(publicKey()),
    async sign(text, network) {
      const signer = publicKey()
      const answer = await ask(network, () => wallet.signMessage(utf8ToBytes(text)))
      return checkSignature(text, 'signature' in answer ? answer.signature : answer, signer, network)
    }
  })
}

function kitSigner(signer: SolanaKitMessageSigner): MessageSigner {
  const publicKey = bs58.decodeUnsafe(signer.address)
  if (publicKey?.length !== 32) throw new TypeError('A Solana address must be base58 of 32 bytes')
  return Object.freeze<MessageSigner>({
    family: 'solana',
    address: async () => signer.address,
    async sign(text, network) {
      const message = { content: utf8ToBytes(text), signatures: {} }
      const [signatures] = await ask(network, () => signer.signMessages([message]))
      return checkSignature(text, signatures?.[signer.address], publicKey, network)
    }
  })
}

async function ask<Answer>(network: NetworkId, question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question()
  } catch (cause) {
    throw signerFailed(network, 'it refused to sign', cause)
  }
}

async function checkSignature(
  text: string,
  signature: ArrayLike<number> | undefined,
  publicKey: Uint8Array,
  network: NetworkId
): Promise<string> {
  if (signature?.length !== 64) throw signerFailed(network, 'it returned no signature')
  const bytes = Uint8Array.from(signature)
  if (!(await verifyAsync(bytes, utf8ToBytes(text), publicKey, { zip215: false })))
    throw signerFailed(network, 'its signature is not by its address')
  return bs58.encode(bytes)
}

function isNumbers(account: SolanaProofAccount): account is readonly number[] {
  return Array.isArray(account)
}
