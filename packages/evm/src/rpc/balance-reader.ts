import { atomicUsdc, type BalanceReader, type NetworkId, type Registry } from '@bursar/core'
import type { EvmAuthorizer } from '../account/authorizer.js'
import { type Address, readAddress } from '../address/address.js'
import type { EvmReader } from './chain-reader.js'
import { tokenAbi } from './token-abi.js'

/** What balances are read with. */
export interface BalanceReaderParts {
  readonly reader: EvmReader
  readonly authorizer: EvmAuthorizer
  readonly registry: Registry
}

/** Builds the reader of an account's USDC and of what pays its gas. */
export function createBalanceReader({ reader, authorizer, registry }: BalanceReaderParts): BalanceReader {
  return {
    async readUsdc(network, signal) {
      const [owner, address] = [await authorizer.address(), tokenOf(registry, network)]
      return reader.read(
        network,
        async (client) =>
          atomicUsdc(
            await client.readContract({ address, abi: tokenAbi, functionName: 'balanceOf', args: [owner] })
          ),
        { signal }
      )
    },
    async readGas(network, signal) {
      const address = await authorizer.address()
      return reader.read(network, (client) => client.getBalance({ address }), { signal })
    }
  }
}

function tokenOf(registry: Registry, network: NetworkId): Address {
  return readAddress(registry.requireDefaultAsset(network).address)
}
