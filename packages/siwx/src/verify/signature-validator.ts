import type { Rpc } from '@bursar/core'
import { isError } from '@bursar/core'
import {
  encodeDeployData,
  erc6492SignatureValidatorAbi,
  erc6492SignatureValidatorByteCode,
  getAddress,
  hashMessage,
  isHex
} from 'viem'
import type { SignedText } from './signed-text.js'

/**
 * Runs EIP-6492's own validator on the chain, without a transaction: it deploys the wallet first when the signature
 * says how, then asks it (EIP-1271). viem's `verifyMessage` does the same, but calls every failure of the endpoint a
 * wrong signature.
 *
 * @throws when the endpoint does not answer.
 */
export async function validateSignature(
  rpc: Rpc,
  { address, text, signature }: SignedText
): Promise<boolean> {
  if (!isHex(signature)) return false
  const data = encodeDeployData({
    abi: erc6492SignatureValidatorAbi,
    bytecode: erc6492SignatureValidatorByteCode,
    args: [getAddress(address), hashMessage(text), signature]
  })
  try {
    const answer = await rpc('eth_call', [{ data }, 'latest'])
    return typeof answer === 'string' && /^0x0*1$/.test(answer)
  } catch (error) {
    if (isRevert(error)) return false
    throw error
  }
}

/** The validator reverts on what cannot be a signature, and with a contract that reverts. @see EIP-1474 */
function isRevert(error: unknown): boolean {
  if (!isError(error)) return false
  const isCode = 'code' in error && error.code === 3
  return isCode || ('details' in error && /revert/i.test(String(error.details)))
}
