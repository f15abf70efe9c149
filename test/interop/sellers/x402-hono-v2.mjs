import { getRequestListener } from '@hono/node-server'
import { paymentMiddleware } from '@x402/hono'
import { Hono } from 'hono'
import { resources } from './official-resources.mjs'
import { routes } from './official-routes.mjs'
import { listen } from './serve.mjs'

const app = new Hono()
app.use(paymentMiddleware(routes, resources))
app.get('/:network', (context) => context.text('sold'))
listen(getRequestListener(app.fetch))
