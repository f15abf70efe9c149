import { X402PaymentHandler } from 'x402-solana/server'
import { config, listen } from './serve.mjs'

const { facilitator: facilitatorUrl, solana, atomicPrice: amount } = config
const handler = new X402PaymentHandler({ network: 'solana', treasuryAddress: solana.payTo, facilitatorUrl })

listen(async (request, response) => {
  const url = `http://${request.headers.host}${request.url}`
  const terms = await handler.createPaymentRequirements(
    { amount, asset: { address: solana.asset, decimals: 6 } },
    url
  )
  const payment = handler.extractPayment(request.headers)
  if (payment === null) {
    const { status, body } = handler.create402Response(terms, url)
    return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const { isValid, invalidReason } = await handler.verifyPayment(payment, terms)
  if (!isValid) return response.writeHead(402).end(JSON.stringify({ error: invalidReason }))
  const { success, errorReason } = await handler.settlePayment(payment, terms)
  if (!success) return response.writeHead(402).end(JSON.stringify({ error: errorReason }))
  response.end('sold')
})
