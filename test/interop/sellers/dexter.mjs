import { x402Middleware } from '@dexterai/x402/server'
import express from 'express'
import { config, listen } from './serve.mjs'

const { facilitator: facilitatorUrl, base, solana, price } = config

const app = express()
for (const [path, { network, asset: address, payTo }] of Object.entries({ base, solana })) {
  const asset = { address, decimals: 6 }
  app.use(`/${path}`, x402Middleware({ payTo, amount: price, network, asset, facilitatorUrl }))
}
app.get('/:network', (_request, response) => response.send('sold'))
listen(app)
