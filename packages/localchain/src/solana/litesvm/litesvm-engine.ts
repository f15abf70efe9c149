import { address, lamports as toLamports } from '@solana/kit'
import type { StartEngine } from '../solana-engine.js'
import { Bank } from './bank.js'
import { BlockClock } from './block-clock.js'
import { chainMethods } from './chain-methods.js'
import { serveRpc } from './rpc-server.js'
import { transactionMethods } from './transaction-methods.js'

const SYSTEM_PROGRAM = '11111111111111111111111111111111'

/**
 * Starts litesvm behind a small JSON-RPC server: the programs and the runtime are Solana's own, blocks and the node
 * around them are not. Every transaction is final as soon as it is in a block.
 */
export const startLitesvm: StartEngine = async ({ slotTimeMs }) => {
  const clock = new BlockClock(slotTimeMs)
  const bank = new Bank(clock)
  const server = await serveRpc({ ...chainMethods(bank, clock), ...transactionMethods(bank, clock) })
  let stopping: Promise<void> | undefined
  return {
    rpcUrl: server.url,
    fundSol(key, lamports) {
      const account = bank.account(key)
      const held = account.exists ? account.lamports : 0n
      const rest = account.exists
        ? { data: account.data, programAddress: account.programAddress, space: account.space }
        : { data: new Uint8Array(0), programAddress: address(SYSTEM_PROGRAM), space: 0n }
      bank.setAccount({
        ...rest,
        address: address(key),
        executable: false,
        lamports: toLamports(held + lamports)
      })
    },
    setAccount: ({ address: key, owner, lamports, data }) =>
      bank.setAccount({
        address: address(key),
        programAddress: address(owner),
        executable: false,
        lamports: toLamports(lamports),
        space: BigInt(data.length),
        data
      }),
    stop() {
      clock.stop()
      stopping ??= server.stop()
      return stopping
    }
  }
}
