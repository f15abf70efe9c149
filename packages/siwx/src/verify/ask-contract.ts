import {
  BaseError,
  createPublicClient,
  encodeDeployData,
  erc6492SignatureValidatorAbi,
  erc6492SignatureValidatorByteCode,
  getAddress,
  hashMessage,
  http,
  isHex
} from 'viem'
import type { ContractSignature } from './smart-wallet.js'

/**
 * Runs EIP-6492's own validator on the chain, without a transaction: it deploys the wallet first when the
 * signature says how, then asks it (EIP-1271). viem's `verifyMessage` does the same and calls every failure of
 * the endpoint a wrong signature.
 *
 * @throws when the endpoint does not answer or serves another chain.
 */
export async function askContract(
  { network, address, text, signature }: ContractSignature,
  url: string,
  timeoutMs: number
): Promise<boolean> {
  const client = createPublicClient({ transport: http(url, { timeout: timeoutMs, retryCount: 1 }) })
  if (`eip155:${await client.getChainId()}` !== network)
    throw new TypeError('The endpoint serves another chain')
  if (!isHex(signature)) return false
  const data = encodeDeployData({
    abi: erc6492SignatureValidatorAbi,
    bytecode: erc6492SignatureValidatorByteCode,
    args: [getAddress(address), hashMessage(text), signature]
  })
  try {
    const answer = await client.request({ method: 'eth_call', params: [{ data }, 'latest'] })
    return /^0x0*1$/.test(answer)
  } catch (error) {
    if (isRevert(error)) return false
    throw error
  }
}

/** The validator reverts on what cannot be a signature, and with a contract that reverts. */
function isRevert(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  const reverted = error.walk(
    (cause) =>
      cause instanceof Error &&
      (('code' in cause && cause.code === 3) ||
        /revert/i.test('details' in cause ? String(cause.details) : ''))
  )
  return reverted !== null
}
