import {
  checkFlag,
  checkOptions,
  loadOnce,
  type MessageSigner,
  malformedEvmKey,
  type NetworkId,
  type OptionChecks
} from '@bursar/core'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Address, EvmMessageAccount, EvmMessageWallet, EvmProofAccount, Hex } from './evm-account.js'
import { addressOfKey, checksumAddress, isSecretKey, normalTextSignature, signText } from './evm-crypto.js'
import { callWallet, signerFailed } from './signer-error.js'

/** How an EVM account signs. */
export interface EvmSignerOptions {
  /**
   * Whether the account is a contract, so that only the contract can check its signature (EIP-1271, EIP-6492). Where
   * it is not, a signature of 65 bytes must be by the address itself. Default: what viem says of the account.
   *
   * @example { smartWallet: true }
   */
  readonly smartWallet?: boolean | undefined
}

const signerChecks: OptionChecks<EvmSignerOptions> = { smartWallet: checkFlag }

/**
 * Builds a signer of wallet proofs from an EVM account.
 *
 * @example
 * ```ts
 * const signer = createEvmSigner(process.env.EVM_PRIVATE_KEY ?? '')
 * ```
 * @throws {TypeError} when the account is of no known kind, or an option is unknown or malformed. The message never shows a key.
 * @see EIP-191
 */
export function createEvmSigner(account: EvmProofAccount, options: EvmSignerOptions = {}): MessageSigner {
  checkOptions(options, signerChecks)
  if (typeof account === 'string') return createKeySigner(account)
  if (typeof account === 'object' && account !== null && typeof account.signMessage === 'function') {
    return createWalletSigner(account, options)
  }
  throw new TypeError('The EVM account must be a private key, a viem account or a wallet client')
}

/** The key stays in this closure. */
function createKeySigner(text: string): MessageSigner {
  if (!/^0x[0-9a-fA-F]{64}$/.test(text)) {
    throw malformedEvmKey(text)
  }
  const key = hexToBytes(text.slice(2))
  if (!isSecretKey(text)) throw new TypeError('The EVM private key is out of range (its value is not shown)')
  return Object.freeze<MessageSigner>({
    family: 'eip155',
    address: loadOnce(() => addressOfKey(key)),
    sign: async (message) => `0x${bytesToHex(await signText(message, key))}`
  })
}

function createWalletSigner(
  wallet: EvmMessageAccount | EvmMessageWallet,
  options: EvmSignerOptions
): MessageSigner {
  const given = 'account' in wallet ? wallet.account : wallet
  if (typeof given?.address !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(given.address)) {
    throw new TypeError('The wallet names no account; give it one (createWalletClient({ account, … }))')
  }
  const address = checksumAddress(given.address)
  const { smartWallet = given.type === 'smart' } = options
  return Object.freeze<MessageSigner>({
    family: 'eip155',
    address: async () => address,
    async sign(message, network) {
      const signature = await callWallet(network, () => wallet.signMessage({ message }))
      if (!/^0x(?:[0-9a-fA-F]{2}){64,4096}$/.test(signature)) {
        throw signerFailed(network, 'it returned no signature')
      }
      return smartWallet ? signature : checkSignature({ message, signature, address, network })
    }
  })
}

/** What a wallet returned, and what it should be. */
interface ReturnedSignature {
  readonly message: string
  readonly signature: Hex
  readonly address: Address
  readonly network: NetworkId
}

/** One that no key makes is a contract wallet's, which only the contract itself can check. */
async function checkSignature({ message, signature, address, network }: ReturnedSignature): Promise<Hex> {
  const byKey = await normalTextSignature(message, hexToBytes(signature.slice(2)), address)
  if (byKey) return `0x${bytesToHex(byKey)}`
  if (signature.length !== 132) return signature
  throw signerFailed(network, 'its signature is not by its address; a contract needs smartWallet: true')
}
