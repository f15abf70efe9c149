import { createMiddleware } from '@faremeter/middleware/express'
import express from 'express'
import { config, listen } from './serve.mjs'

const { facilitator: facilitatorURL, base, solana, atomicPrice } = config
const supportedVersions = config.version === 1 ? { x402v1: true } : { x402v1: false, x402v2: true }

const app = express()
for (const [path, { network, asset, payTo }] of Object.entries({ base, solana })) {
  const offer = {
    scheme: 'exact',
    network,
    asset,
    payTo,
    maxAmountRequired: atomicPrice,
    resource: path,
    description: 'A report'
  }
  app.use(`/${path}`, await createMiddleware({ facilitatorURL, accepts: [offer], supportedVersions }))
}
app.get('/:network', (_request, response) => response.send('sold'))
listen(app)
