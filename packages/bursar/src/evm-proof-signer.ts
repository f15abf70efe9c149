import type { MessageSigner } from '@bursar/core'
import { createEvmSigner, type EvmProofAccount } from '@bursar/siwx'

type Hex = `0x${string}`

/** An ethers v6 signer. It takes a text as it is, where viem takes an object, and may know its address only after a call. */
interface EthersTextSigner {
  getAddress(): Promise<string>
  signMessage(text: string): Promise<string>
}

/** Creates the signer of texts of an EVM account. @throws {TypeError} when the account names no address. */
export async function createProofSigner(account: EvmProofAccount): Promise<MessageSigner> {
  if (typeof account === 'string') return (await import('@bursar/evm/texts')).createTextSigner(account)
  if (!isEthersSigner(account)) return createEvmSigner(account)
  const address = hexOf(await account.getAddress())
  return createEvmSigner({
    address,
    signMessage: async ({ message }) => hexOf(await account.signMessage(message))
  })
}

/** Others that have a `getAddress` take typed data, and texts, as one object. */
function isEthersSigner(account: unknown): account is EthersTextSigner {
  if (typeof account !== 'object' || account === null || !('getAddress' in account)) return false
  return (
    'signTypedData' in account &&
    typeof account.signTypedData === 'function' &&
    account.signTypedData.length !== 1
  )
}

function hexOf(text: string): Hex {
  if (isHex(text)) return text
  throw new TypeError('The wallet returned no hex')
}

function isHex(text: string): text is Hex {
  return text.startsWith('0x')
}
