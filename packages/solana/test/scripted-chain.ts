import { SOLANA_MAINNET } from '@bursar/core'
import { AccountLayout, TOKEN_PROGRAM_ID } from '@solana/spl-token'
import { PublicKey } from '@solana/web3.js'
import bs58 from 'bs58'
import {
  createSolanaPayer,
  type SolanaAccount,
  type SolanaPayer,
  type SolanaPayerOptions
} from '../src/index.js'
import { atSlot, type RpcAnswer, type RpcCall, type RpcServer, startRpcServer } from './rpc-server.js'
import { type TestClock, testClock } from './test-clock.js'

/** The blockhash that the scripted chain gives. */
export const BLOCKHASH = bs58.encode(new Uint8Array(32).fill(9))

/** A payer on a node of which the test decides every answer. */
export interface ScriptedChain {
  readonly node: RpcServer
  readonly clock: TestClock
  /** Token accounts that do not exist. */
  readonly missing: Set<string>
  payerOf(account: SolanaAccount, options?: Partial<SolanaPayerOptions>): SolanaPayer
}

/** Starts a node on which every account is a USDC account, but for those that are missing. */
export async function startScriptedChain(
  answer: (call: RpcCall) => RpcAnswer | undefined = () => undefined
): Promise<ScriptedChain> {
  const missing = new Set<string>()
  const node = await startRpcServer((call) => {
    const special = answer(call)
    if (special) return special
    if (call.method === 'getLatestBlockhash')
      return atSlot({ blockhash: BLOCKHASH, lastValidBlockHeight: 1_150 })
    if (call.method === 'getAccountInfo') {
      const exists = !missing.has(String(call.params[0]))
      return atSlot(exists ? tokenAccount(call.params[1]) : null)
    }
    return { error: { code: -32_601, message: 'Method not found' } }
  })
  const clock = testClock()
  return {
    node,
    clock,
    missing,
    payerOf: (account, options = {}) =>
      createSolanaPayer({
        account,
        clock,
        rpcUrls: { [SOLANA_MAINNET]: node.url },
        rpcTimeoutMs: 30_000,
        ...options
      })
  }
}

function tokenAccount(config: unknown) {
  const { dataSlice } = config as { dataSlice: { offset: number; length: number } }
  const data = Buffer.alloc(AccountLayout.span)
  const nobody = {
    delegateOption: 0,
    delegate: PublicKey.default,
    closeAuthorityOption: 0,
    closeAuthority: PublicKey.default
  } as const
  const rest = { delegatedAmount: 0n, state: 1, isNativeOption: 0, isNative: 0n, ...nobody } as const
  AccountLayout.encode(
    { mint: PublicKey.default, owner: PublicKey.default, amount: 7_000_000n, ...rest },
    data
  )
  const slice = data.subarray(dataSlice.offset, dataSlice.offset + dataSlice.length)
  return {
    owner: TOKEN_PROGRAM_ID.toBase58(),
    lamports: 2_039_280,
    data: [slice.toString('base64'), 'base64']
  }
}
