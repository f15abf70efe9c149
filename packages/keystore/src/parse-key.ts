import { createSolanaSigner } from '@bursar/siwx'
import bs58 from 'bs58'
import { type ChainKey, createChainKey } from './chain-key.js'
import { isMnemonic } from './mnemonic.js'

/**
 * Reads a private key as wallets write it: for EVM 32 bytes in hex, with or without `0x`; for Solana 32 or 64 bytes in
 * base58 or as a JSON array.
 *
 * @throws {TypeError} when the text is not a key. The message does not show it.
 */
export async function parseKey(text: string): Promise<ChainKey> {
  const trimmed = text.trim()
  if (/^(?:0x)?[0-9a-f]{64}$/i.test(trimmed))
    return createChainKey('evm', Uint8Array.from(Buffer.from(trimmed.slice(-64), 'hex')))
  const bytes = parseSolanaBytes(trimmed)
  if (bytes?.length !== 32 && bytes?.length !== 64) throw notAKey(trimmed)
  // The signer checks that the second half of 64 bytes belongs to the first.
  await createSolanaSigner(bytes).address()
  return createChainKey('solana', bytes.slice(0, 32))
}

function parseSolanaBytes(text: string): Uint8Array | undefined {
  try {
    return text.startsWith('[') ? parseByteArray(text) : bs58.decode(text)
  } catch {
    return undefined
  }
}

function parseByteArray(text: string): Uint8Array | undefined {
  const list: unknown = JSON.parse(text)
  if (!Array.isArray(list)) return undefined
  const isBytes = list.every((each) => Number.isInteger(each) && each >= 0 && each < 256)
  return isBytes ? Uint8Array.from(list) : undefined
}

function notAKey(text: string): TypeError {
  if (isMnemonic(text))
    return new TypeError(
      'This is a mnemonic, from which many keys are made. Export the private key of one account from your wallet'
    )
  return new TypeError(
    'This is not a private key of EVM (64 hex digits) or Solana (base58, or a JSON array of bytes). It is not shown'
  )
}
