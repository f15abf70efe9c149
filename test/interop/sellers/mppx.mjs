import express from 'express'
import { charge } from 'mppx/evm/server'
import { Mppx } from 'mppx/express'
import { config, listen } from './serve.mjs'

const { facilitator, base, price } = config
const mppx = Mppx.create({
  methods: [
    charge({
      currency: base.asset,
      chainId: 8453,
      decimals: 6,
      recipient: base.payTo,
      authorization: { name: 'USD Coin', version: '2' },
      x402: { facilitator }
    })
  ],
  secretKey: 'a secret of thirty-two bytes at least'
})
const app = express()
app.get('/base', mppx.charge({ amount: price }), (_request, response) => response.send('sold'))
listen(app)
