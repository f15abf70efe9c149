import { createRequire } from 'node:module'
import type { StartEngine } from './solana-engine.js'

/** The part of surfpool's Node binding that is used here. */
interface Surfnet {
  readonly rpcUrl: string
  fundSol(address: string, lamports: number): void
  setAccount(address: string, lamports: number, data: readonly number[], owner: string): void
  drainEvents(): unknown
  stop(): void
}

interface SurfpoolBinding {
  readonly Surfnet: {
    startWithConfig(config: {
      readonly offline: boolean
      readonly blockProductionMode: 'clock'
      readonly slotTimeMs: number
    }): Surfnet
  }
}

/** The queue of its events is bounded, and the node stops answering when it is full. */
const DRAIN_MS = 100

/** Whether surfpool ships for this machine. It does not for Linux on ARM, nor for musl. */
export function hasSurfpool(): boolean {
  return loadBinding() !== undefined
}

/**
 * Starts surfpool, a real Solana RPC node, inside this process. Only in clock mode do blockhashes expire.
 *
 * @throws {TypeError} where it does not ship.
 */
export const startSurfpool: StartEngine = async ({ slotTimeMs }) => {
  const binding = loadBinding()
  if (!binding) throw new TypeError(`surfpool does not ship for ${process.platform} ${process.arch}`)
  const net = binding.Surfnet.startWithConfig({ offline: true, blockProductionMode: 'clock', slotTimeMs })
  const draining = setInterval(() => net.drainEvents(), DRAIN_MS).unref()
  let running = true
  return {
    rpcUrl: net.rpcUrl,
    fundSol(address, lamports) {
      net.fundSol(address, Number(lamports))
      net.drainEvents()
    },
    setAccount({ address, lamports, data, owner }) {
      net.setAccount(address, Number(lamports), [...data], owner)
      net.drainEvents()
    },
    async stop() {
      clearInterval(draining)
      if (running) net.stop()
      running = false
    }
  }
}

function loadBinding(): SurfpoolBinding | undefined {
  const abi = process.platform === 'linux' ? '-gnu' : ''
  try {
    return createRequire(import.meta.url)(`@solana/surfpool-${process.platform}-${process.arch}${abi}`)
  } catch {
    return undefined
  }
}
