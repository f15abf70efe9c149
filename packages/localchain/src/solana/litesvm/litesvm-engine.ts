import { address, lamports as toLamports } from '@solana/kit'
import type { StartEngine } from '../solana-engine.js'
import { Bank } from './bank.js'
import { BlockClock } from './block-clock.js'
import { chainMethods } from './chain-methods.js'
import { serveRpc } from './rpc-server.js'
import { transactionMethods } from './transaction-methods.js'

const SYSTEM_PROGRAM = address('11111111111111111111111111111111')

/**
 * Starts litesvm behind a small JSON-RPC server. The programs and the runtime are Solana's own, the blocks and the node
 * around them are not. A transaction is final as soon as it is in a block.
 */
export const startLitesvm: StartEngine = async ({ slotTimeMs }) => {
  const clock = new BlockClock(slotTimeMs)
  const bank = new Bank(clock)
  const server = await serveRpc({ ...chainMethods(bank, clock), ...transactionMethods(bank, clock) })
  let stopping: Promise<void> | undefined
  return {
    rpcUrl: server.url,
    fundSol: (key, lamports) => fund(bank, key, lamports),
    setAccount: ({ address: key, owner, lamports, data }) =>
      bank.setAccount({
        address: address(key),
        programAddress: address(owner),
        executable: false,
        lamports: toLamports(lamports),
        space: BigInt(data.length),
        data
      }),
    async snapshot() {
      const restore = bank.snapshot()
      return async () => {
        restore()
        clock.resetTime()
      }
    },
    travel: (seconds) => clock.travel(seconds),
    stop() {
      clock.stop()
      stopping ??= server.stop()
      return stopping
    }
  }
}

function fund(bank: Bank, key: string, lamports: bigint): void {
  const account = bank.account(key)
  const existing = account.exists
    ? { data: account.data, programAddress: account.programAddress, space: account.space }
    : { data: new Uint8Array(0), programAddress: SYSTEM_PROGRAM, space: 0n }
  const total = (account.exists ? account.lamports : 0n) + lamports
  bank.setAccount({ ...existing, address: address(key), executable: false, lamports: toLamports(total) })
}
