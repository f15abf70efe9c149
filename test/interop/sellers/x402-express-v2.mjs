import { paymentMiddleware } from '@x402/express'
import express from 'express'
import { resources } from './official-resources.mjs'
import { routes } from './official-routes.mjs'
import { listen } from './serve.mjs'

const app = express()
app.use(paymentMiddleware(routes, resources))
app.get('/:network', (_request, response) => response.send('sold'))
listen(app)
