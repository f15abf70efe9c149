import { createRequire } from 'node:module'
import { getRequestListener } from '@hono/node-server'
import { resources } from './official-resources.mjs'
import { routes } from './official-routes.mjs'
import { listen } from './serve.mjs'

// Next's own build resolves 'next/server', which Node's import does not.
const require = createRequire(import.meta.url)
const { withX402 } = require('@x402/next')
const { NextRequest, NextResponse } = require('next/server')

const sell = async () => new NextResponse('sold')
const handlers = {
  '/base': withX402(sell, routes['GET /base'], resources),
  '/solana': withX402(sell, routes['GET /solana'], resources)
}

// Calls the handlers as next calls those of its routes.
listen(
  getRequestListener(({ url, method, headers }) =>
    handlers[new URL(url).pathname](new NextRequest(url, { method, headers }))
  )
)
