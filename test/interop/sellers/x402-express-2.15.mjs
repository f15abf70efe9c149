import * as core from '@x402/core-2.15/server'
import { ExactEvmScheme } from '@x402/evm-2.15/exact/server'
import { paymentMiddleware } from '@x402/express-2.15'
// There is no release 2.15 of it.
import { ExactSvmScheme } from '@x402/svm-2.14/exact/server'
import express from 'express'
import { createResources, routes } from './official-routes.mjs'
import { listen } from './serve.mjs'

const app = express()
app.use(paymentMiddleware(routes, createResources(core, ExactEvmScheme, ExactSvmScheme)))
app.get('/:network', (_request, response) => response.send('sold'))
listen(app)
