import { type Hex, hashTypedData, isAddressEqual, recoverAddress, size } from 'viem'
import { contractAgrees } from '../../base/checks/signature.js'
import type { Permit2Check, Permit2Context } from '../context.js'
import { exactTypes, PERMIT2, uptoTypes } from '../contracts.js'

/** The payer signed exactly this payment. An address with code is asked through EIP-1271. */
export const signatureHolds: Permit2Check = async (context) => {
  const { client, payload } = context
  const { signature, permit2Authorization } = payload
  const { from } = permit2Authorization
  const hash = hashOf(context)
  const code = await client.getCode({ address: from })
  const holds = code
    ? await contractAgrees({ client, wallet: from, hash, signature })
    : await recoversTo(from, hash, signature)
  return holds ? undefined : 'invalid_permit2_signature'
}

function hashOf({ chainId, payload }: Permit2Context): Hex {
  const { permitted, spender, nonce, deadline, witness } = payload.permit2Authorization
  const signed = {
    domain: { name: 'Permit2', chainId, verifyingContract: PERMIT2 },
    primaryType: 'PermitWitnessTransferFrom'
  } as const
  const message = { permitted, spender, nonce, deadline }
  return 'facilitator' in witness
    ? hashTypedData({ ...signed, types: uptoTypes, message: { ...message, witness } })
    : hashTypedData({ ...signed, types: exactTypes, message: { ...message, witness } })
}

/** A v of 0 or 1 recovers too. The simulation finds that Permit2 does not take it. */
async function recoversTo(from: Hex, hash: Hex, signature: Hex): Promise<boolean> {
  if (size(signature) !== 65) return false
  try {
    return isAddressEqual(await recoverAddress({ hash, signature }), from)
  } catch {
    // viem throws when r or s is outside the order of the curve.
    return false
  }
}
