import type { RejectionReason } from '../../rejection-reasons.js'
import { isRevert } from '../call-node.js'
import type { Check, CheckContext } from '../context.js'
import { fiatToken } from '../token.js'

/** The transfer would succeed in the next block. When it would not, the token's state says why. */
export const wouldSettle: Check = async (context) => {
  const { client, asset, payload } = context
  const { from, to, value, validAfter, validBefore, nonce } = payload.authorization
  try {
    await client.simulateContract({
      address: asset,
      abi: fiatToken,
      functionName: 'transferWithAuthorization',
      args: [from, to, value, validAfter, validBefore, nonce, payload.signature],
      // Simulates in the next block, because the latest one may be old on a chain without traffic.
      blockTag: 'pending'
    })
    return undefined
  } catch (error) {
    if (!isRevert(error)) throw error
    return diagnose(context)
  }
}

async function diagnose({ client, asset, payload, domain }: CheckContext): Promise<RejectionReason> {
  const token = { address: asset, abi: fiatToken } as const
  const { from, nonce, value } = payload.authorization
  try {
    const [used, name, version, balance] = await Promise.all([
      client.readContract({ ...token, functionName: 'authorizationState', args: [from, nonce] }),
      client.readContract({ ...token, functionName: 'name' }),
      client.readContract({ ...token, functionName: 'version' }),
      client.readContract({ ...token, functionName: 'balanceOf', args: [from] })
    ])
    if (used) return 'nonce_already_used'
    if (name !== domain.name) return 'token_name_mismatch'
    if (version !== domain.version) return 'token_version_mismatch'
    if (balance < value) return 'insufficient_balance'
    return 'simulation_failed'
  } catch (error) {
    if (isRevert(error)) return 'simulation_failed'
    throw error
  }
}
