import { BursarError } from '@bursar/core'
import { type Authorization, type TokenDomain, typedData } from '../authorization.js'
import { authorizationHash, domainSeparator } from '../signer/authorization-hash.js'
import type { Authorizer } from './authorizer.js'
import { addressOf, checksumAddress } from './checksum-address.js'
import type { Address, Hex, TypedDataSigner, TypedDataWallet } from './evm-account.js'
import { fromHex, toHex } from './hex.js'

const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/** Signs through a wallet, and looks at what it gives back. */
export function walletAuthorizer(wallet: TypedDataSigner | TypedDataWallet): Authorizer {
  const given = 'address' in wallet ? wallet.address : wallet.account?.address
  if (typeof given !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(given)) {
    throw new TypeError('The wallet names no account; give it one (createWalletClient({ account, … }))')
  }
  const address = checksumAddress(given)
  return {
    address: async () => address,
    syncSigner: async () => undefined,
    async sign(domain, authorization) {
      const data = typedData(domain, authorization)
      const signature = await askWallet(domain, () => wallet.signTypedData(data))
      return checkSignature(domain, authorization, address, signature)
    }
  }
}

async function askWallet(domain: TokenDomain, ask: () => Promise<Hex>): Promise<Hex> {
  try {
    return await ask()
  } catch (cause) {
    throw failed(domain, 'it refused to sign', cause)
  }
}

/**
 * An ordinary account's signature must recover to it. Anything else than 65 bytes is a contract wallet's,
 * which only its contract can judge (EIP-1271).
 */
async function checkSignature(
  domain: TokenDomain,
  authorization: Authorization,
  address: Address,
  signature: Hex
): Promise<Hex> {
  if (!/^0x(?:[0-9a-fA-F]{2}){65,4096}$/.test(signature)) throw failed(domain, 'it returned no signature')
  if (signature.length !== 132) return signature
  const bytes = fromHex(signature)
  const recovery = (bytes[64] ?? 0) >= 27 ? (bytes[64] ?? 0) - 27 : (bytes[64] ?? 0)
  bytes[64] = 27 + recovery
  if (BigInt(toHex(bytes.subarray(32, 64))) > HALF_ORDER)
    throw failed(domain, 'its signature has a high s, which USDC refuses')
  const hash = authorizationHash(domainSeparator(domain), authorization)
  if ((await recover(hash, bytes, recovery)) !== address)
    throw failed(domain, 'its signature is not by its address')
  return toHex(bytes)
}

async function recover(hash: Uint8Array, bytes: Uint8Array, recovery: number): Promise<Address | undefined> {
  const { recoverPublicKeyOf } = await import('../signer/public-keys.js')
  try {
    const recovered = Uint8Array.of(recovery, ...bytes.subarray(0, 64))
    return addressOf(recoverPublicKeyOf(recovered, hash))
  } catch {
    return undefined
  }
}

function failed({ chainId }: TokenDomain, reason: string, cause?: unknown): BursarError<'signer/failed'> {
  return new BursarError('signer/failed', {
    message: `The wallet did not sign the payment: ${reason}. Nothing was sent.`,
    context: { network: `eip155:${chainId}`, reason },
    moneyState: 'none',
    cause
  })
}
