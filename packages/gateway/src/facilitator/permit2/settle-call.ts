import type { JsonObject } from '@bursar/core'
import { type Address, encodeFunctionData, type Hex, hexToNumber, slice } from 'viem'
import { exactProxy, uptoProxy } from './contracts.js'
import type { Permit2Payload, TokenPermit } from './payload.js'
import { readTokenPermit } from './token-permit.js'

/** What settles a payment. */
interface SettleParts {
  readonly payload: Permit2Payload
  /** May hold the permit of a token, which is used first. */
  readonly extensions: JsonObject | undefined
  /** What is taken of the permitted amount. The exact scheme takes all of it. */
  readonly amount: bigint
}

/** The call of the scheme's proxy that settles a payment. */
export function settleCall({ payload, extensions, amount }: SettleParts): {
  readonly to: Address
  readonly data: Hex
} {
  const { signature, permit2Authorization } = payload
  const { from, permitted, nonce, deadline, witness } = permit2Authorization
  const permit = { permitted, nonce, deadline }
  const read = readTokenPermit(extensions)
  const permit2612 = typeof read === 'object' ? permitArgument(read) : undefined
  if ('facilitator' in witness) {
    const { address: to, abi } = uptoProxy
    const args = [permit, amount, from, witness, signature] as const
    const data = permit2612
      ? encodeFunctionData({ abi, functionName: 'settleWithPermit', args: [permit2612, ...args] })
      : encodeFunctionData({ abi, functionName: 'settle', args })
    return { to, data }
  }
  const { address: to, abi } = exactProxy
  const args = [permit, from, witness, signature] as const
  const data = permit2612
    ? encodeFunctionData({ abi, functionName: 'settleWithPermit', args: [permit2612, ...args] })
    : encodeFunctionData({ abi, functionName: 'settle', args })
  return { to, data }
}

function permitArgument({ amount: value, deadline, signature }: TokenPermit) {
  const r = slice(signature, 0, 32)
  const s = slice(signature, 32, 64)
  return { value, deadline, r, s, v: hexToNumber(slice(signature, 64)) }
}
