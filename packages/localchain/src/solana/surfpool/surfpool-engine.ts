import { clearInterval, setInterval } from 'node:timers'
import { chainUnavailable } from '../../chain-unavailable.js'
import type { RawAccount, StartEngine } from '../solana-engine.js'
import { loadBinding } from './binding.js'
import { exportAccounts, resetNetwork } from './network-state.js'

/** The queue of its events is bounded, and the node stops answering when the queue is full. */
const DRAIN_MS = 100

/** The machine's time, also where a test has replaced `Date`. */
const machineNowMs = Date.now

/** Whether surfpool exists for this machine. It does not for Linux on ARM, nor for musl. */
export function hasSurfpool(): boolean {
  return loadBinding() !== undefined
}

/**
 * Starts surfpool, a real Solana RPC node, inside this process. Blockhashes expire only in clock mode.
 *
 * @throws {BursarError} `chain/unavailable` when it does not exist for this machine.
 */
export const startSurfpool: StartEngine = async ({ slotTimeMs }) => {
  const binding = loadBinding()
  if (!binding)
    throw chainUnavailable('solana', `surfpool does not exist for ${process.platform} ${process.arch}`)
  const net = binding.Surfnet.startWithConfig({ offline: true, blockProductionMode: 'clock', slotTimeMs })
  const { rpcUrl } = net
  const draining = setInterval(() => net.drainEvents(), DRAIN_MS).unref()
  let running = true
  let aheadMs = 0
  const setAccount = ({ address, lamports, data, owner }: RawAccount): void => {
    net.setAccount(address, Number(lamports), [...data], owner)
    net.drainEvents()
  }
  return {
    rpcUrl,
    fundSol(address, lamports) {
      net.fundSol(address, Number(lamports))
      net.drainEvents()
    },
    setAccount,
    async snapshot() {
      const saved = await exportAccounts(rpcUrl)
      return async () => {
        await resetNetwork(rpcUrl)
        aheadMs = 0
        const present = await exportAccounts(rpcUrl)
        for (const [address, account] of saved) if (!present.has(address)) setAccount(account)
      }
    },
    travel(seconds) {
      aheadMs += seconds * 1000
      net.timeTravelToTimestamp(machineNowMs() + aheadMs)
      net.drainEvents()
    },
    async stop() {
      clearInterval(draining)
      if (running) net.stop()
      running = false
    }
  }
}
