import { type BaseChain, startBase } from '@bursar/localchain'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Gateway } from '../gateway.js'
import type { GatewayOptions } from '../options.js'
import { startGateway } from '../start-gateway.js'
import { fundPayer, type Payer } from './payer.js'

/** What the tests of one file share. Read its members inside tests only. */
export interface Stack {
  readonly chain: BaseChain
  readonly gateway: Gateway
  /** A wallet with 10 USDC. */
  readonly payer: Payer
}

/** Starts chain, gateway and wallet before a file's tests, and stops them after. */
export function useStack(options: Omit<GatewayOptions, 'base'> = {}): Stack {
  let running: Stack | undefined
  beforeAll(async () => {
    const chain = await startBase()
    running = {
      chain,
      gateway: await startGateway({ ...options, base: chain }),
      payer: await fundPayer(chain)
    }
  })
  afterEach(() => running?.gateway.faults.clear())
  afterAll(async () => {
    await running?.gateway.stop()
    await running?.chain.stop()
  })
  const part = <Name extends keyof Stack>(name: Name): Stack[Name] => {
    if (!running) throw new TypeError('The stack is not running yet')
    return running[name]
  }
  return {
    get chain() {
      return part('chain')
    },
    get gateway() {
      return part('gateway')
    },
    get payer() {
      return part('payer')
    }
  }
}
