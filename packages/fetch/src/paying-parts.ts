import type { BursarParts } from '@bursar/core'
import type { CapturableInit } from './request/capture-request.js'
import type { Transport } from './transport/transport.js'

/** Runs a call through a transport other than the bursar's own. */
type SendThrough = (transport: Transport, url: string, init: CapturableInit) => Promise<Response>

/** The parts that every paying fetch has. The `bursar` package adds those that need accounts. */
export interface PayingParts extends Omit<BursarParts, 'networks' | 'auditorOf' | 'signerOf'> {
  /** Lets adapters such as the undici interceptor run calls. */
  readonly sendThrough: SendThrough
}
