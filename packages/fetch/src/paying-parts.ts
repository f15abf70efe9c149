import type { BursarParts } from '@bursar/core'
import type { BursarRequestInit } from './bursar-fetch.js'
import type { Transport } from './transport/transport.js'

/** Runs a call through a transport other than the bursar's own. */
type SendThrough = (transport: Transport, url: string, init: BursarRequestInit) => Promise<Response>

/** The parts that every paying fetch has: what the `bursar` package adds to needs accounts. */
export interface PayingParts
  extends Pick<BursarParts, 'ledger' | 'clock' | 'random' | 'payerOf' | 'createAccountMeter'> {
  /** Lets adapters such as the undici interceptor run calls. */
  readonly sendThrough: SendThrough
}
