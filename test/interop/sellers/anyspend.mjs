import { paymentMiddleware } from '@b3dotfun/anyspend-x402-express'
import express from 'express'
import { facilitator, legacy } from './legacy-routes.mjs'
import { listen } from './serve.mjs'

const app = express()
for (const { payTo, routes } of legacy) app.use(paymentMiddleware(payTo, routes, facilitator))
app.get('/:network', (_request, response) => response.send('sold'))
listen(app)
