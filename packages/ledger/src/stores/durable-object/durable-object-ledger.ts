import {
  type Clock,
  checkClock,
  checkOptions,
  checkText,
  type Ledger,
  type OptionChecks,
  unchecked
} from '@bursar/core'
import { ledgerOn } from '../../ledger-on.js'
import { DurableObjectStore } from './durable-object-store.js'

/** What is used of a namespace of Durable Objects, as a Worker has it in its `env`. */
export interface ObjectNamespace {
  idFromName(name: string): unknown
  get(id: never): ObjectStub
}

/** What is used of the stub of an object. */
export interface ObjectStub {
  fetch(url: string, init: { method: 'POST'; body: string | Uint8Array<ArrayBuffer> }): Promise<Response>
}

/** Which object keeps the ledger. */
export interface DurableObjectLedgerOptions {
  /**
   * The namespace of {@link LedgerObject}, as it is bound in the Worker's settings.
   *
   * @example { namespace: env.LEDGER }
   */
  readonly namespace: ObjectNamespace
  /**
   * The object's name. Workers that use one name share one ledger. Default: `ledger`.
   *
   * @example { namespace: env.LEDGER, name: 'tenant-42' }
   */
  readonly name?: string
  /** Tells the time. Default: the object's clock, so that Workers whose clocks differ agree. @example { namespace: env.LEDGER, clock: testClock } */
  readonly clock?: Clock
}

/** How the options are checked. */
export const objectChecks: OptionChecks<DurableObjectLedgerOptions> = {
  namespace: unchecked,
  name: checkText,
  clock: checkClock
}

/**
 * Keeps the ledger in a Durable Object, for Cloudflare Workers: limits outlive an isolate, and all Workers on one name share
 * them exactly. What is to be paid is reserved there, signed in the Worker, and written there before it is sent.
 *
 * @example
 * ```ts
 * createBursar({ evm, limits, ledger: durableObjectLedger({ namespace: env.LEDGER }) })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 */
export function durableObjectLedger(options: DurableObjectLedgerOptions): Ledger {
  checkOptions(options, objectChecks)
  const { namespace, name, clock } = options
  // A stub belongs to the request that got it: each message gets one.
  const exchange = (body: string): Promise<Response> =>
    objectStub(namespace, name).fetch('https://ledger/', { method: 'POST', body })
  return ledgerOn(new DurableObjectStore(exchange, clock))
}

/** The stub of a ledger's object. */
export function objectStub(namespace: ObjectNamespace, name = 'ledger'): ObjectStub {
  return namespace.get(namespace.idFromName(name) as never)
}
