import { createRequire } from 'node:module'

/** The part of surfpool's Node binding that is used here. */
interface Surfnet {
  readonly rpcUrl: string
  fundSol(address: string, lamports: number): void
  setAccount(address: string, lamports: number, data: readonly number[], owner: string): void
  timeTravelToTimestamp(milliseconds: number): unknown
  drainEvents(): unknown
  stop(): void
}

/** The module that the platform's package exports. */
export interface SurfpoolBinding {
  readonly Surfnet: {
    startWithConfig(config: {
      readonly offline: boolean
      readonly blockProductionMode: 'clock'
      readonly slotTimeMs: number
    }): Surfnet
  }
}

/** Loads the binding. Undefined when there is none for this machine. */
export function loadBinding(): SurfpoolBinding | undefined {
  const abi = process.platform === 'linux' ? '-gnu' : ''
  try {
    return createRequire(import.meta.url)(`@solana/surfpool-${process.platform}-${process.arch}${abi}`)
  } catch {
    return undefined
  }
}
