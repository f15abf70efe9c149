import { type Address, type Hex, isAddress } from '../address/address.js'
import { addressOf, checksumAddress } from '../address/checksum-address.js'
import { fromHex, toHex } from '../address/hex.js'
import { type AuthorizationRequest, typedDataOf } from '../payment/authorization.js'
import { authorizationHash, domainSeparator } from '../signer/authorization-hash.js'
import type { EvmAuthorizer } from './authorizer.js'
import type { TypedDataSigner, TypedDataWallet } from './evm-account.js'
import { signerFailed } from './signer-error.js'

/** Half the order of secp256k1's group: USDC rejects signatures whose s is above it. @see EIP-2 */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/**
 * Signs through a wallet, and checks what it returns.
 *
 * @throws {TypeError} when the wallet names no account.
 */
export function createWalletAuthorizer(wallet: TypedDataSigner | TypedDataWallet): EvmAuthorizer {
  const given = 'address' in wallet ? wallet.address : wallet.account?.address
  if (!isAddress(given)) {
    throw new TypeError('The wallet names no account; give it one (createWalletClient({ account, … }))')
  }
  const address = checksumAddress(given)
  return {
    address: async () => address,
    syncSigner: async () => undefined,
    sign: async (request) => checkSignature(request, address, await askWallet(wallet, request))
  }
}

async function askWallet(
  wallet: TypedDataSigner | TypedDataWallet,
  request: AuthorizationRequest
): Promise<Hex> {
  try {
    return await wallet.signTypedData(typedDataOf(request))
  } catch (cause) {
    throw signerFailed(request.domain.chainId, 'it refused to sign', cause)
  }
}

/**
 * The signature of an ordinary account must recover to its address. One that is not 65 bytes long is a contract
 * wallet's, which only the contract itself can check (EIP-1271).
 */
async function checkSignature(request: AuthorizationRequest, address: Address, signature: Hex): Promise<Hex> {
  const { chainId } = request.domain
  if (!/^0x(?:[0-9a-fA-F]{2}){65,4096}$/.test(signature))
    throw signerFailed(chainId, 'it returned no signature')
  if (signature.length !== 132) return signature
  const bytes = fromHex(signature)
  // Some wallets write v as 0 and 1, which USDC rejects.
  const v = bytes[64] ?? 0
  const recovery = v >= 27 ? v - 27 : v
  bytes[64] = 27 + recovery
  if (BigInt(toHex(bytes.subarray(32, 64))) > HALF_ORDER) {
    throw signerFailed(chainId, 'its signature has a high s, which USDC refuses')
  }
  if ((await recoverAddress(request, bytes, recovery)) !== address) {
    throw signerFailed(chainId, 'its signature is not by its address')
  }
  return toHex(bytes)
}

async function recoverAddress(
  { domain, authorization }: AuthorizationRequest,
  bytes: Uint8Array,
  recovery: number
): Promise<Address | undefined> {
  const { recoverPublicKeyOf } = await import('../signer/public-keys.js')
  const hash = authorizationHash(domainSeparator(domain), authorization)
  try {
    return addressOf(recoverPublicKeyOf(Uint8Array.of(recovery, ...bytes.subarray(0, 64)), hash))
  } catch {
    return undefined
  }
}
