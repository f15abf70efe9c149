import type { AddressInfo } from 'node:net'
import type { Stack } from '@bursar/gateway'
import express from 'express'
import { onTestFinished } from 'vitest'
import { paymentMiddleware } from 'x402-express'

/** Starts a server of x402 version 1, of the official package, that sells a report for 0.01 USDC. It stops after the test. */
export async function startFirstVersionShop({ env, gateway }: Stack): Promise<string> {
  const app = express()
  const routes = { '/report': { price: '$0.01', network: 'base' } } as const
  app.use(paymentMiddleware(gateway.payTo.base, routes, { url: urlOf(env.FACILITATOR_URL) }))
  app.get('/report', (_request, response) => void response.json({ report: 'paid' }))
  const server = app.listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/report`
}

function urlOf(text: string): `${string}://${string}` {
  const { host } = new URL(text)
  return `http://${host}`
}
