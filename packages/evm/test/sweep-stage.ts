import type { Asset, SignedSweep } from '@bursar/core'
import { createChainReader } from '@bursar/core/rpc'
import { type BaseChain, startBase } from '@bursar/localchain'
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  type Hex,
  http,
  isHex,
  parseTransaction
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, onTestFinished } from 'vitest'
import { createEvmSweeper } from '../src/sweep/evm-sweeper.js'
import { sendSweep } from '../src/sweep/send-sweep.js'

const network = 'eip155:8453'

/** Stands between the sweep and anvil: it asks the node, and may answer otherwise. */
export type Line = (
  ask: (method: string, params: readonly unknown[]) => Promise<unknown>,
  method: string,
  params: readonly unknown[]
) => Promise<unknown>

/** The answer of anvil, as it is. */
const straight: Line = (ask, method, params) => ask(method, params)

/** An error of JSON-RPC, as a transport throws it. */
export function refuse(details: string): never {
  throw Object.assign(new TypeError('The RPC node answered with an error'), { code: -32000, details })
}

/** A chain with a signed sweep of 5 USDC, whose gas another account pays, and what can happen to it. */
export async function newStage() {
  const chain = await startBase()
  onTestFinished(() => chain.stop())
  const [owner, gas, to] = [generatePrivateKey(), generatePrivateKey(), generatePrivateKey()]
  const addressOf = (key: Hex) => privateKeyToAccount(key).address
  await chain.mint(addressOf(owner), 5_000_000n)
  await chain.fundGas(addressOf(gas))
  const node = createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl), cacheTime: 0 })
  const signed = await sign(chain, { owner, gas, to: addressOf(to) })
  let nowMs = (await chain.nowSeconds()) * 1000
  const clock = {
    nowMs: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms
    }
  }
  return {
    ...{ chain, node, signed, owner, clock },
    /** Moves this machine's clock on. */
    passMs: clock.sleep,
    send: (isAgain = true, line: Line = straight) =>
      sendSweep(readerOf(chain, line, clock), signed, { clock, isAgain }),
    /** Somebody who saw the transaction sends the authorization in it. Resolves when a block has it. */
    useByAnother: async () => {
      const { to: token, data } = parseTransaction(hexOf(signed.bytes))
      const hash = await walletOf(chain, chain.accounts[3]?.privateKey).sendTransaction({
        ...{ chain: null, to: token, data, gas: 200_000n }
      })
      const reader = createPublicClient({ transport: http(chain.rpcUrl), pollingInterval: 50 })
      await reader.waitForTransactionReceipt({ hash, timeout: 60_000 })
      return hash
    },
    /** The gas account gives the transaction's number to another one, which pays more. */
    replace: () =>
      walletOf(chain, gas).sendTransaction({
        ...{ chain: null, to: addressOf(gas), nonce: Number(signed.endsAt), gas: 21_000n },
        ...{ maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 10n ** 11n }
      }),
    held: () => chain.balanceOf(addressOf(to))
  }
}

function walletOf({ rpcUrl }: BaseChain, key: Hex = expect.unreachable()) {
  return createWalletClient({ account: privateKeyToAccount(key), transport: http(rpcUrl), cacheTime: 0 })
}

async function sign(
  chain: BaseChain,
  { owner, gas, to }: { readonly owner: Hex; readonly gas: Hex; readonly to: string }
): Promise<SignedSweep> {
  const sweeper = createEvmSweeper({
    ...{ account: owner, gasAccount: gas },
    rpcUrls: { [network]: chain.rpcUrl }
  })
  const asset: Asset = { network, address: chain.usdc, symbol: 'USDC', decimals: 6, currency: 'USD' }
  return sweeper.sign(await sweeper.plan({ network, asset, to }))
}

function readerOf({ rpcUrl }: BaseChain, line: Line, clock: Parameters<typeof sendSweep>[2]['clock']) {
  const ask = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const headers = { 'content-type': 'application/json' }
    const { result, error } = await (await fetch(rpcUrl, { method: 'POST', headers, body })).json()
    return error ? refuse(String(error.message)) : result
  }
  const request = (method: string, params: readonly unknown[]) => line(ask, method, params)
  return createChainReader({
    ...{ publicUrls: {}, transports: { [network]: { isLocal: false, request } } },
    ...{ timeoutMs: 30_000, clock, readNetwork: async () => network }
  })
}

function hexOf(text: string): Hex {
  return isHex(text) ? text : expect.unreachable()
}
