import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { SOLANA_MAINNET } from '@bursar/core'
import { Keypair } from '@solana/web3.js'
import { HTTPFacilitatorClient, x402ResourceServer } from '@x402/core/server'
import { paymentMiddleware } from '@x402/express'
import {
  createSIWxResourceServerExtension,
  declareSIWxExtension,
  InMemorySIWxStorage
} from '@x402/extensions/sign-in-with-x'
import { ExactSvmScheme } from '@x402/svm/exact/server'
import { createBursar } from 'bursar'
import express from 'express'
import { expect, it, onTestFinished } from 'vitest'
import { useSolanaStack } from '../solana-stack.js'

const stack = useSolanaStack()

/** An official server with a priced route and one that asks for a sign-in alone. The gateway is its facilitator. */
async function startShop() {
  const app = express()
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const events: string[] = []
  const onEvent = ({ type }: { readonly type: string }) => void events.push(type)
  const storage = new InMemorySIWxStorage()
  const resources = new x402ResourceServer(new HTTPFacilitatorClient({ url: stack.gateway.url }))
    .register(SOLANA_MAINNET, new ExactSvmScheme())
    .registerExtension(createSIWxResourceServerExtension({ origin, storage, onEvent }))
  const payTo = stack.gateway.payTo.solana
  const accepts = { scheme: 'exact', price: '$0.01', network: SOLANA_MAINNET, payTo } as const
  const statement = 'Sign in.'
  app.use(
    paymentMiddleware(
      {
        'GET /report': { accepts, extensions: declareSIWxExtension({ statement }) },
        'GET /mine': {
          accepts: [],
          extensions: declareSIWxExtension({ network: [SOLANA_MAINNET], statement })
        }
      },
      resources
    )
  )
  app.use((_, response) => void response.send('the report'))
  return { origin, events }
}

async function newBursar() {
  const keypair = Keypair.fromSeed(randomBytes(32))
  const address = keypair.publicKey.toBase58()
  await stack.solana.mint(address, 1_000_000n)
  const bursar = createBursar({
    solana: keypair,
    limits: { payment: '0.25' },
    ledger: 'memory',
    rpcUrls: { [SOLANA_MAINNET]: stack.solana.rpcUrl }
  })
  onTestFinished(() => bursar.close())
  return { address, bursar }
}

it('X6, X18: on Solana, two calls of an official server’s route make one settlement and one sign-in', async () => {
  const { origin, events } = await startShop()
  const { address, bursar } = await newBursar()
  for (const day of [1, 2]) {
    const answer = await bursar.fetch(`${origin}/report?day=${day}`)
    expect([answer.status, await answer.text()]).toEqual([200, 'the report'])
  }
  expect(events).toEqual(['payment_recorded', 'access_granted'])
  expect(await stack.solana.balanceOf(address)).toBe(990_000n)
})

it('X6, X18: on Solana, accepts [] is answered by a sign-in, and nothing is settled', async () => {
  const { origin, events } = await startShop()
  const { address, bursar } = await newBursar()
  const answer = await bursar.fetch(`${origin}/mine`)
  expect([answer.status, await answer.text()]).toEqual([200, 'the report'])
  expect(events).toEqual(['access_granted'])
  expect(await stack.solana.balanceOf(address)).toBe(1_000_000n)
})
