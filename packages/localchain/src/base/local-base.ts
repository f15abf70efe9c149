import { type Address, parseEther, toHex } from 'viem'
import { getBalance, getBlock, readContract } from 'viem/actions'
import type { AnvilClient } from './anvil-client.js'
import type { AnvilProcess } from './anvil-process.js'
import { awaitReceipt } from './await-receipt.js'
import type { BaseChain } from './base-chain.js'
import { devAccounts, usdcAdmin } from './dev-accounts.js'
import { usdcAbi } from './usdc-abi.js'
import { createUsdcAdmin } from './usdc-admin.js'
import { readTransfersFrom } from './usdc-transfers.js'
import { readUsedAuthorizations } from './used-authorizations.js'

/** What a local Base is made of. */
interface LocalBaseParts {
  readonly anvil: AnvilProcess
  readonly client: AnvilClient
  readonly chainId: number
  readonly usdc: Address
}

/** The chain, once anvil runs and USDC is installed. */
export function localBase({ anvil, client, chainId, usdc }: LocalBaseParts): BaseChain {
  const token = { address: usdc, abi: usdcAbi } as const
  return {
    rpcUrl: anvil.rpcUrl,
    chainId,
    usdc,
    accounts: devAccounts,
    ...createUsdcAdmin(client, usdc, usdcAdmin.address),
    balanceOf: (address) => readContract(client, { ...token, functionName: 'balanceOf', args: [address] }),
    fundGas: (address, wei = parseEther('1')) => fundGas(client, address, wei),
    authorizationState: (authorizer, nonce) =>
      readContract(client, { ...token, functionName: 'authorizationState', args: [authorizer, nonce] }),
    authorizationsUsed: (authorizer) => readUsedAuthorizations(client, usdc, authorizer),
    transfersFrom: (sender) => readTransfersFrom(client, usdc, sender),
    awaitReceipt: (transaction) => awaitReceipt(client, transaction),
    nowSeconds: async () => Number((await getBlock(client)).timestamp),
    increaseTime: (seconds) => increaseTime(client, seconds),
    snapshot: () => snapshot(client),
    stop: anvil.stop,
    [Symbol.asyncDispose]: anvil.stop
  }
}

async function fundGas(client: AnvilClient, address: Address, wei: bigint): Promise<void> {
  const balance = await getBalance(client, { address })
  await client.request({ method: 'anvil_setBalance', params: [address, toHex(balance + wei)] })
}

async function increaseTime(client: AnvilClient, seconds: number): Promise<void> {
  await client.request({ method: 'evm_increaseTime', params: [toHex(seconds)] })
  await client.request({ method: 'evm_mine', params: undefined })
}

async function snapshot(client: AnvilClient): Promise<() => Promise<void>> {
  let id = await client.request({ method: 'evm_snapshot' })
  return async () => {
    // anvil forgets a snapshot when it, or an earlier one, is restored.
    const isRestored: unknown = await client.request({ method: 'evm_revert', params: [id] })
    if (isRestored === false)
      throw new TypeError('restore: an earlier snapshot was restored since this one was made, which ended it')
    id = await client.request({ method: 'evm_snapshot' })
  }
}
