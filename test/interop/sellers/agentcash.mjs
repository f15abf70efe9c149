import { createRouter } from '@agentcash/router'
import { getRequestListener } from '@hono/node-server'
import { config, listen } from './serve.mjs'

const { facilitator, solana, price } = config
const router = createRouter({
  baseUrl: 'http://127.0.0.1',
  basePath: '',
  payeeAddress: solana.payTo,
  network: solana.network,
  protocols: ['x402'],
  x402: {
    accepts: [{ scheme: 'exact', network: solana.network, payTo: solana.payTo }],
    facilitators: { solana: facilitator }
  },
  discovery: { title: 'Reports', version: '1.0.0', description: 'Reports.', guidance: 'GET /solana' }
})
router
  .route({ path: 'solana', method: 'GET' })
  .paid(price)
  .handler(async () => ({ report: 'sold' }))
listen(getRequestListener(router.fetch))
