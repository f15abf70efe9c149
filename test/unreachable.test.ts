import { memoryLedger } from '@bursar/ledger'
import { bursarErrorOf, createBursar } from 'bursar'
import { createKatana, type Katana } from 'bursar/katana'
import { createTokenhot } from 'bursar/tokenhot'
import { createVenice } from 'bursar/venice'
import { expect, it, onTestFinished } from 'vitest'

/** Nobody listens here. */
const origin = 'http://127.0.0.1:9'
const baseUrl = `${origin}/hidden-path`
/** A private key that nobody uses: the first of anvil's. */
const evm = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
const image = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const
const chat = { model: 'claude-haiku-4-5', messages: [{ role: 'user', content: 'Hi' }] } as const

function newBursar() {
  const bursar = createBursar({
    evm,
    limits: { payment: '2', total: '10' },
    ledger: memoryLedger(),
    rpcUrls: { 'eip155:8453': 'http://127.0.0.1:9' }
  })
  onTestFinished(() => bursar.close())
  return bursar
}

const calls: readonly (readonly [name: string, call: (katana: Katana) => Promise<unknown>])[] = [
  ['models.list', (katana) => katana.models.list()],
  ['an image, paid directly', (katana) => katana.images.generate(image, { billing: 'direct' })],
  ['an image, by key', (katana) => katana.images.generate(image, { billing: 'key' })],
  ['an image, from the balance', (katana) => katana.images.generate(image, { billing: 'wallet' })],
  ['a text, from the balance', (katana) => katana.chat.completions.create(chat)],
  ['a text, by key', (katana) => katana.chat.completions.create(chat, { billing: 'key' })],
  ['the balance', (katana) => katana.balance.balance()],
  ['a top-up', (katana) => katana.balance.topUp('1')]
]

it.each(calls)('a Katana that cannot be reached for %s is named', async (_, call) => {
  const katana = createKatana(newBursar(), { baseUrl, apiKey: 'key:secret' })
  expectNamed(await call(katana).catch((reason: unknown) => reason))
})

it('so is every other service', async () => {
  const bursar = newBursar()
  const venice = createVenice(bursar, { baseUrl })
  const tokenhot = createTokenhot(bursar, { baseUrl, apiKey: 'key' })
  expectNamed(await venice.balance.balance().catch((reason: unknown) => reason))
  expectNamed(await tokenhot.models.list().catch((reason: unknown) => reason))
})

/** Where it was asked, and nothing of the path. */
function expectNamed(error: unknown): void {
  const found = bursarErrorOf(error)
  expect(found?.code).toMatch(/^(?:service|request)\/unreachable$/)
  expect(found?.message).toContain(new URL(origin).host)
  expect(JSON.stringify(found)).not.toMatch(/hidden-path|secret/)
}
