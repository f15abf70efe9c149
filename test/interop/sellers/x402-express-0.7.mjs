import express from 'express'
import { paymentMiddleware } from 'x402-express-0.7'
import { facilitator, legacy } from './legacy-routes.mjs'
import { listen } from './serve.mjs'

const app = express()
for (const { payTo, routes } of legacy) app.use(paymentMiddleware(payTo, routes, facilitator))
app.get('/:network', (_request, response) => response.send('sold'))
listen(app)
