import { erc20Abi } from 'viem'
import { isRevert } from '../../base/call-node.js'
import type { RejectionReason } from '../../rejection-reasons.js'
import type { Permit2Check, Permit2Context } from '../context.js'
import { PERMIT2 } from '../contracts.js'
import { settleCall } from '../settle-call.js'

/** All of the permitted amount could be taken in the next block. When it could not, the chain's state says why. */
export const wouldSettle: Permit2Check = async (context) => {
  const { client, payload, extensions, relayer } = context
  const { amount } = payload.permit2Authorization.permitted
  const { to, data } = settleCall({ payload, extensions, amount })
  // A call of an address without code succeeds.
  if (!(await client.getCode({ address: to }))) return 'permit2_proxy_not_deployed'
  try {
    await client.call({ account: relayer, to, data, blockTag: 'pending' })
    return undefined
  } catch (error) {
    if (!isRevert(error)) throw error
    return diagnose(context)
  }
}

async function diagnose({ client, asset, payload }: Permit2Context): Promise<RejectionReason> {
  const token = { address: asset, abi: erc20Abi } as const
  const { from, permitted } = payload.permit2Authorization
  try {
    const [balance, allowance] = await Promise.all([
      client.readContract({ ...token, functionName: 'balanceOf', args: [from] }),
      client.readContract({ ...token, functionName: 'allowance', args: [from, PERMIT2] })
    ])
    if (balance < permitted.amount) return 'permit2_insufficient_balance'
    if (allowance < permitted.amount) return 'permit2_allowance_required'
    return 'permit2_simulation_failed'
  } catch (error) {
    if (isRevert(error)) return 'permit2_simulation_failed'
    throw error
  }
}
