import { type Hex, hashTypedData, isAddressEqual, type PublicClient, recoverAddress, size, slice } from 'viem'
import { isRevert } from '../call-node.js'
import type { Check, CheckContext } from '../context.js'
import { contractWallet, transferTypes, VALID_SIGNATURE } from '../token.js'

const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/**
 * The payer signed exactly this authorization. An address with code, also by EIP-7702, is asked through EIP-1271
 * and in no other way.
 *
 * @see x402 v2, exact scheme on EVM, "Verification"
 */
export const signatureHolds: Check = async (context) => {
  const hash = authorizationHash(context)
  const { from } = context.payload.authorization
  const code = await context.client.getCode({ address: from })
  const holds = code
    ? await contractAgrees({
        client: context.client,
        wallet: from,
        hash,
        signature: context.payload.signature
      })
    : await recoversTo(from, hash, context.payload.signature)
  return holds ? undefined : 'invalid_signature'
}

function authorizationHash({ chainId, asset, domain, payload }: CheckContext): Hex {
  return hashTypedData({
    domain: { ...domain, chainId, verifyingContract: asset },
    types: transferTypes,
    primaryType: 'TransferWithAuthorization',
    message: payload.authorization
  })
}

/** Whether a contract wallet says that it signed. */
export async function contractAgrees({
  client,
  wallet,
  hash,
  signature
}: {
  readonly client: PublicClient
  readonly wallet: Hex
  readonly hash: Hex
  readonly signature: Hex
}): Promise<boolean> {
  try {
    const response = await client.readContract({
      address: wallet,
      abi: contractWallet,
      functionName: 'isValidSignature',
      args: [hash, signature]
    })
    return response === VALID_SIGNATURE
  } catch (error) {
    if (isRevert(error)) return false
    throw error
  }
}

/** FiatToken accepts only low-s signatures with a v of 27 or 28. viem alone would accept more. */
async function recoversTo(from: Hex, hash: Hex, signature: Hex): Promise<boolean> {
  if (size(signature) !== 65 || !/(?:1b|1c)$/i.test(signature)) return false
  if (BigInt(slice(signature, 32, 64)) > HALF_ORDER) return false
  try {
    return isAddressEqual(await recoverAddress({ hash, signature }), from)
  } catch {
    // viem throws when r or s is outside the order of the curve.
    return false
  }
}
