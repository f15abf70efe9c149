import { BASE, bursarParts, type Ledger, type ServiceBursar } from '@bursar/core'
import { createPayingFetch, type Limits, type PayingFetchOptions } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { onTestFinished } from 'vitest'
import { createPrepaid, type Prepaid, type PrepaidWallet, type TopUpRule } from '../src/index.js'
import { PrepaidServer } from './prepaid-server.js'
import { TestChain, TestPayer } from './test-chain.js'
import { testService } from './test-service.js'

/** What a test says of one wallet and its balance. */
export interface ShopOptions {
  readonly topUp?: TopUpRule
  readonly limits?: Limits
  readonly ledger?: Ledger
  readonly server?: PrepaidServer
  readonly chain?: TestChain
  readonly address?: string
  /** Whether the account signs texts. Default: yes. */
  readonly signsTexts?: boolean
  readonly paying?: Partial<PayingFetchOptions>
}

/** A paying fetch, a service, and the prepaid balance of one wallet there. */
export async function openShop(options: ShopOptions = {}) {
  const chain = options.chain ?? new TestChain()
  const server = options.server ?? (await new PrepaidServer(chain).start())
  const ledger = options.ledger ?? memoryLedger()
  const payer = new TestPayer(chain, options.address ?? '0x2222222222222222222222222222222222222222')
  const bursar = createPayingFetch({
    payers: [payer],
    ledger,
    limits: options.limits ?? { payment: '2', day: '20' },
    resend: { times: 0, backoffMs: 1 },
    ...options.paying
  })
  onTestFinished(() => bursar.close())
  const { topUp } = options
  const open = (): Prepaid =>
    createPrepaid(asServiceBursar(bursar), {
      service: testService,
      baseUrl: server.url,
      network: BASE,
      wallet: options.signsTexts === false ? undefined : testWallet(payer.wallet, server.url),
      ...(topUp ? { topUp } : {})
    })
  const balance = open()
  const call = async (): Promise<unknown> => (await balance.fetch(`${server.url}/call`)).json()
  return { chain, server, ledger, payer, bursar, balance, call, open }
}

/** Proves a wallet with a header that names it, to its own origin. */
function testWallet(address: string, url: string): PrepaidWallet {
  return {
    network: BASE,
    address: async () => address,
    createProof: async (requested) => {
      if (new URL(requested).origin !== new URL(url).origin) throw new TypeError('Another origin')
      return { headerFor: () => ({ name: 'X-Sign-In-With-X', value: `proof of ${address}` }) }
    }
  }
}

/** Everything that is listed. */
export async function listOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

/** A paying fetch has every part that a prepaid balance needs; those that need accounts are left out here. */
function asServiceBursar(bursar: ReturnType<typeof createPayingFetch>): ServiceBursar {
  const none = { networks: [BASE], auditorOf: async () => undefined, signerOf: () => undefined }
  return { ...bursar, [bursarParts]: () => ({ ...bursar[bursarParts](), ...none }) }
}
