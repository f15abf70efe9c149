import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { paymentMiddleware } from 'x402-hono-0.7'
import { facilitator, legacy } from './legacy-routes.mjs'
import { listen } from './serve.mjs'

const app = new Hono()
for (const { payTo, routes } of legacy) app.use(paymentMiddleware(payTo, routes, facilitator))
app.get('/:network', (context) => context.text('sold'))
listen(getRequestListener(app.fetch))
