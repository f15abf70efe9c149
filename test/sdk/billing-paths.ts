import { BASE, type Purchase } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import { katanaCatalogue } from '@bursar/generation/katana'
import { memoryLedger } from '@bursar/ledger'
import { startProxy } from '@bursar/proxy'
import { createKatana } from 'bursar/katana'
import { createOpenClaw } from 'bursar/openclaw'
import { onTestFinished } from 'vitest'
import { fundWallet, type Stack, type Wallet } from '../stack.js'
import type { SdkClient, SdkPlace } from './sdk-clients.js'

/** What was paid, by those who were paid. */
interface Charges {
  /** Authorizations that the chain has as used. */
  readonly payments: number
  /** Debits of the prepaid balance. */
  readonly debits: number
  /** What the account was billed. Millionths of a dollar. */
  readonly billed: bigint
}

/** A way to be billed, opened for one test. */
export interface OpenPath {
  readonly place: SdkPlace
  readonly gateway: Gateway
  charges(): Promise<Charges>
  /** The newest first. */
  record(): Promise<readonly Purchase[]>
}

/** A way to be billed, and which APIs an SDK may speak there. */
export interface PaidPath {
  readonly name: string
  readonly apis: readonly SdkClient['api'][]
  /** Whether an answer that was lost can be had again: an authorization is sent again, a debit is not. */
  readonly isResumable: boolean
  open(stack: Pick<Stack, 'chain'>): Promise<OpenPath>
}

const TEXT = 'qwen3-6-flash'
const CLAUDE = 'claude-sonnet-4-6'
const RELAY_KEY = 'sk-relay'
const TOKEN = 'a-token-of-the-tests'

interface Shop {
  readonly gateway: Gateway
  readonly wallet: Wallet
  readonly ledger: ReturnType<typeof memoryLedger>
}

async function openShop(stack: Pick<Stack, 'chain'>): Promise<Shop> {
  const ledger = memoryLedger()
  const gateway = await startGateway({
    base: stack.chain,
    katana: { accounts: [{ key: 'key', secret: 'secret', credits: '100' }], loneCredential: 'ignore' },
    relays: { accounts: [{ key: RELAY_KEY, usd: '10' }] }
  })
  const wallet = await fundWallet(stack, { ledger, resend: { times: 0 } })
  onTestFinished(async () => {
    await wallet.bursar.close()
    await gateway.stop()
  })
  return { gateway, wallet, ledger }
}

function pathOf(
  { gateway, wallet, ledger }: Shop,
  chain: Stack['chain'],
  place: SdkPlace,
  counts: { readonly debits?: () => Promise<number>; readonly billed?: () => Promise<bigint> } = {}
): OpenPath {
  return {
    place,
    gateway,
    charges: async () => ({
      payments: (await chain.authorizationsUsed(wallet.address)).length,
      debits: (await counts.debits?.()) ?? 0,
      billed: (await counts.billed?.()) ?? 0n
    }),
    async record() {
      const purchases: Purchase[] = []
      for await (const purchase of ledger.history()) purchases.push(purchase)
      return purchases
    }
  }
}

/** What Katana's account was billed, at the catalogue's price of a tenth of a credit. */
async function creditsUsed(gateway: Gateway): Promise<bigint> {
  const headers = { 'x-api-key': 'key', 'x-api-secret': 'secret' }
  const answer = await fetch(`${gateway.url}/v1/me/balance`, { headers })
  const { credits } = (await answer.json()) as { credits: string }
  return BigInt(Math.round((100 - Number(credits)) * 10)) * katanaCatalogue.atomicUsdPerTenth
}

async function relayUsed(gateway: Gateway): Promise<bigint> {
  const headers = { authorization: `Bearer ${RELAY_KEY}` }
  const answer = await fetch(`${gateway.url}/relays/openclaw/v1/dashboard/billing/usage`, { headers })
  const { total_usage: cents } = (await answer.json()) as { total_usage: number }
  return BigInt(Math.round(cents * 10_000))
}

const direct: PaidPath = {
  name: 'paid directly',
  apis: ['chat'],
  isResumable: true,
  async open({ chain }) {
    const shop = await openShop({ chain })
    const { gateway, wallet } = shop
    return pathOf(shop, chain, { url: gateway.url, apiKey: 'x402', model: TEXT, fetch: wallet.bursar.fetch })
  }
}

const balance: PaidPath = {
  name: 'paid from a prepaid balance',
  apis: ['chat'],
  isResumable: false,
  async open({ chain }) {
    const shop = await openShop({ chain })
    const { gateway, wallet } = shop
    const topUp = { amount: '0.2', perDay: '1' }
    const katana = createKatana(wallet.bursar, { baseUrl: gateway.url, topUp })
    await katana.balance.topUp('0.2')
    const place = { url: gateway.url, apiKey: 'x402', model: TEXT, fetch: katana.openaiFetch }
    return pathOf(shop, chain, place, {
      async debits() {
        const types: string[] = []
        for await (const { type } of katana.balance.transactions()) types.push(type)
        return types.filter((type) => type === 'debit').length
      }
    })
  }
}

const key: PaidPath = {
  name: 'billed to the key of an account',
  apis: ['chat'],
  isResumable: false,
  async open({ chain }) {
    const shop = await openShop({ chain })
    const { gateway, wallet } = shop
    const katana = createKatana(wallet.bursar, { baseUrl: gateway.url })
    const place = { url: gateway.url, apiKey: 'key:secret', model: TEXT, fetch: katana.openaiFetch }
    return pathOf(shop, chain, place, { billed: () => creditsUsed(gateway) })
  }
}

const relay: PaidPath = {
  name: 'billed to the key of a relay',
  apis: ['chat', 'messages'],
  isResumable: false,
  async open({ chain }) {
    const shop = await openShop({ chain })
    const { gateway, wallet } = shop
    const url = `${gateway.url}/relays/openclaw`
    const { sdkFetch } = createOpenClaw(wallet.bursar, { baseUrl: url, apiKey: RELAY_KEY })
    const place = { url, apiKey: RELAY_KEY, model: CLAUDE, fetch: sdkFetch }
    return pathOf(shop, chain, place, { billed: () => relayUsed(gateway) })
  }
}

/** The same by the proxy, whose clients know no fetch of ours. */
function byProxy(service: 'katana' | 'openclaw'): PaidPath {
  const isRelay = service === 'openclaw'
  return {
    name: isRelay ? 'billed to the key of a relay, by the proxy' : 'paid directly, by the proxy',
    apis: ['chat', 'messages'],
    isResumable: !isRelay,
    async open({ chain }) {
      const shop = await openShop({ chain })
      const { gateway, wallet, ledger } = shop
      const proxy = await startProxy({
        evm: wallet.key,
        rpcUrls: { [BASE]: chain.rpcUrl },
        limits: { payment: '0.25' },
        resend: { times: 0 },
        ledger,
        service: isRelay
          ? { name: 'openclaw', baseUrl: `${gateway.url}/relays/openclaw`, apiKey: RELAY_KEY }
          : { name: 'katana', baseUrl: gateway.url },
        agents: [{ name: 'default', token: TOKEN }],
        port: 0
      })
      onTestFinished(() => proxy.stop())
      const place = { url: proxy.url, apiKey: TOKEN, model: isRelay ? CLAUDE : TEXT, fetch }
      return pathOf(shop, chain, place, isRelay ? { billed: () => relayUsed(gateway) } : {})
    }
  }
}

/** Every way to be billed that an SDK can take. */
export const paidPaths: readonly PaidPath[] = [
  direct,
  balance,
  key,
  relay,
  byProxy('katana'),
  byProxy('openclaw')
]
