import { randomBytes } from 'node:crypto'
import { type BaseChain, startBase } from '@bursar/localchain'
import type { Address, Hex } from 'viem'
import { afterAll, beforeAll } from 'vitest'
import { connectBaseFacilitator } from '../facilitator/base/connect-facilitator.js'
import type { Facilitator, Requirements, SubmittedPayment } from '../facilitator/facilitator.js'
import { type AuthorizationChanges, fundPayer, type Payer } from './payer.js'
import { rpc } from './rpc.js'

/** Whom the facilitator under test pays. */
export const payTo: Address = '0x00000000000000000000000000000000000000aa'
/** What each payment is of, in atomic USDC. */
export const AMOUNT = 13_938n
/** Runtime code that succeeds at whatever it is asked, and logs nothing. */
export const SILENT: Hex = '0x00'

/** A facilitator on a chain of its own, and what a test sends to it. Read its members inside tests only. */
export interface FacilitatorStack {
  readonly chain: BaseChain
  readonly facilitator: Facilitator
  readonly payer: Payer
  /** Another facilitator on the same chain. */
  connect(options?: { readonly receiptTimeoutMs?: number }): Promise<Facilitator>
  /** What a seller asks for, changed as the test says. */
  requirements(changes?: Partial<Requirements>): Requirements
  /** A payment that is signed for what a seller asks, with what the test changes. */
  payment(
    changes?: AuthorizationChanges,
    terms?: Partial<Requirements>,
    dialect?: SubmittedPayment['dialect']
  ): Promise<SubmittedPayment>
  /** A new address, at which this runtime code is. */
  codeAt(code: Hex): Promise<Address>
}

/** Starts chain, facilitator and payer before a file's tests, and stops the chain after. */
export function useBaseFacilitator(): FacilitatorStack {
  let running: Pick<FacilitatorStack, 'chain' | 'facilitator' | 'payer'> | undefined
  beforeAll(async () => {
    const chain = await startBase()
    running = { chain, facilitator: await connectTo(chain), payer: await fundPayer(chain) }
  })
  afterAll(() => running?.chain.stop())
  const started = () => {
    if (!running) throw new TypeError('The chain is not running yet')
    return running
  }
  const requirements = (changes: Partial<Requirements> = {}) => ({
    ...termsOn(started().chain),
    ...changes
  })
  return {
    get chain() {
      return started().chain
    },
    get facilitator() {
      return started().facilitator
    },
    get payer() {
      return started().payer
    },
    connect: (options) => connectTo(started().chain, options),
    requirements,
    async payment(changes = {}, terms = {}, dialect = 'standard') {
      const wanted = requirements(terms)
      return {
        requirements: wanted,
        payload: await started().payer.authorize({ ...wanted }, changes),
        dialect
      }
    },
    async codeAt(code) {
      const address: Address = `0x${randomBytes(20).toString('hex')}`
      await rpc(started().chain, 'anvil_setCode', address, code)
      return address
    }
  }
}

function termsOn({ usdc }: BaseChain): Requirements {
  return {
    scheme: 'exact',
    network: 'eip155:8453',
    asset: usdc,
    payTo,
    amount: String(AMOUNT),
    extra: { name: 'USD Coin', version: '2' }
  }
}

/** A facilitator that settles from the chain's second account. */
function connectTo(
  { accounts, rpcUrl }: BaseChain,
  options: { readonly receiptTimeoutMs?: number } = {}
): Promise<Facilitator> {
  const relayer = accounts[1]
  if (!relayer) throw new TypeError('anvil has too few accounts')
  const { signal } = new AbortController()
  return connectBaseFacilitator({
    rpcUrl,
    payTo,
    relayerKey: relayer.privateKey,
    signal,
    receiptTimeoutMs: 5000,
    ...options
  })
}
