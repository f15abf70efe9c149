import { type BalanceReader, type Registry, type Rpc, usdcOfToken } from '@bursar/core'
import type { EvmAuthorizer } from '../account/authorizer.js'
import { readAddress } from '../address/address.js'
import type { EvmReader } from './chain-reader.js'

/** What balances are read with. */
export interface BalanceReaderParts {
  readonly reader: EvmReader
  readonly authorizer: EvmAuthorizer
  readonly registry: Registry
}

/** The first four bytes of the hash of `balanceOf(address)`. @see EIP-20 */
const BALANCE_OF = '0x70a08231'

/** Builds the reader of an account's USDC and of what pays its gas. */
export function createBalanceReader({
  reader,
  authorizer,
  registry
}: BalanceReaderParts): Required<BalanceReader> {
  const readToken: Required<BalanceReader>['readToken'] = async ({ network, address }, signal) => {
    const owner = await authorizer.address()
    const to = readAddress(address)
    const data = `${BALANCE_OF}${owner.slice(2).toLowerCase().padStart(64, '0')}`
    const read = async (rpc: Rpc) => readWord(await rpc('eth_call', [{ to, data }, 'latest']))
    return reader.rpc.read(network, read, { signal })
  }
  return {
    async readUsdc(network, signal) {
      const asset = registry.requireDefaultAsset(network)
      return usdcOfToken(await readToken(asset, signal), asset.decimals)
    },
    readToken,
    async readGas(network, signal) {
      const address = await authorizer.address()
      const read = async (rpc: Rpc) => readQuantity(await rpc('eth_getBalance', [address, 'latest']))
      return reader.rpc.read(network, read, { signal })
    }
  }
}

/** What a contract returned: one number. An account that is no contract returns `0x`. @throws {TypeError} */
function readWord(answer: unknown): bigint {
  if (typeof answer === 'string' && /^0x[0-9a-fA-F]{64}$/.test(answer)) return BigInt(answer)
  throw new TypeError('The node did not answer eth_call with one number')
}

/** @see Ethereum JSON-RPC, "quantities" @throws {TypeError} */
function readQuantity(answer: unknown): bigint {
  if (typeof answer === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(answer)) return BigInt(answer)
  throw new TypeError('The node did not answer eth_getBalance with a number')
}
