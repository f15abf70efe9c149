import { createHmac } from 'node:crypto'
import { type Chain, type ChainKey, createChainKey } from './chain-key.js'

/** The first account, as MetaMask and Phantom derive it. */
const defaultPaths: Readonly<Record<Chain, string>> = {
  evm: "m/44'/60'/0'/0/0",
  solana: "m/44'/501'/0'/0'"
}

const HARDENED = 0x80000000

/** Whether a text is words of a mnemonic by its looks. */
export function isMnemonic(text: string): boolean {
  return /^\s*[a-z]+(?:\s+[a-z]+){11,23}\s*$/i.test(text)
}

/**
 * Derives the key of an account from a mnemonic of 12 to 24 English words.
 *
 * @param path such as `m/44'/60'/0'/0/0`; on Solana every step is hardened.
 * @throws {TypeError} when the words or the path are none. The message shows no word.
 * @see BIP-39; BIP-32; SLIP-0010 for Solana
 */
export async function keyFromMnemonic(
  text: string,
  { chain, path = defaultPaths[chain] }: { readonly chain: Chain; readonly path?: string | undefined }
): Promise<ChainKey> {
  const words = text.trim().toLowerCase().split(/\s+/).join(' ')
  // Loaded here, since few who use a key have words of it: their curves and lists take 25 ms.
  const [{ mnemonicToSeed, validateMnemonic }, { wordlist }] = await Promise.all([
    import('@scure/bip39'),
    import('@scure/bip39/wordlists/english')
  ])
  if (!validateMnemonic(words, wordlist))
    throw new TypeError(
      'These are not the words of a mnemonic: one is none of its list, or one is another than it was. They are not shown'
    )
  const steps = parsePath(path)
  const seed = await mnemonicToSeed(words)
  return createChainKey(
    chain,
    chain === 'evm' ? await deriveEvm(seed, path) : deriveSolana(seed, steps, path)
  )
}

/** @throws {TypeError} */
function parsePath(path: string): readonly number[] {
  if (!/^m(?:\/\d{1,10}'?){1,10}$/.test(path)) throw malformedPath(path)
  return path
    .split('/')
    .slice(1)
    .map((step) => {
      const index = Number(step.replace("'", ''))
      if (index >= HARDENED) throw malformedPath(path)
      return step.endsWith("'") ? index + HARDENED : index
    })
}

async function deriveEvm(seed: Uint8Array, path: string): Promise<Uint8Array> {
  const { HDKey } = await import('@scure/bip32')
  const { privateKey } = HDKey.fromMasterSeed(seed).derive(path)
  if (!privateKey) throw malformedPath(path)
  return privateKey
}

/** Ed25519 knows hardened steps alone. @see SLIP-0010, "Private parent key → private child key" */
function deriveSolana(seed: Uint8Array, steps: readonly number[], path: string): Uint8Array {
  if (steps.some((step) => step < HARDENED))
    throw new TypeError(
      `On Solana every step of a path ends with ', as in ${defaultPaths.solana}; not so "${path}"`
    )
  const master = hmac('ed25519 seed', seed)
  const derived = steps.reduce((parent, step) => {
    const index = Buffer.alloc(4)
    index.writeUInt32BE(step)
    return hmac(parent.subarray(32), Buffer.concat([Buffer.of(0), parent.subarray(0, 32), index]))
  }, master)
  return new Uint8Array(derived.subarray(0, 32))
}

function hmac(key: string | Uint8Array, data: Uint8Array): Buffer {
  return createHmac('sha512', key).update(data).digest()
}

function malformedPath(path: string): TypeError {
  return new TypeError(`A derivation path is such as ${defaultPaths.evm}, not "${path.slice(0, 40)}"`)
}
