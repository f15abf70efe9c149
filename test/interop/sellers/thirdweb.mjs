import { settlePayment } from 'thirdweb/x402'
import { config, listen } from './serve.mjs'

const { facilitator: facilitatorUrl, base, atomicPrice } = config

// Its own facilitator is a hosted service that also makes the offers. These are in that service's shape.
const offer = {
  scheme: 'exact',
  network: base.network,
  maxAmountRequired: atomicPrice,
  resource: '',
  description: 'A report',
  mimeType: 'application/json',
  payTo: base.payTo,
  maxTimeoutSeconds: 300,
  asset: base.asset,
  outputSchema: {},
  extra: { name: 'USD Coin', version: '2', primaryType: 'TransferWithAuthorization' }
}
const facilitator = {
  accepts: async ({ resourceUrl }) => ({
    status: 402,
    responseHeaders: {},
    responseBody: { x402Version: 1, accepts: [{ ...offer, resource: resourceUrl }] }
  }),
  // The official facilitator reads the offer that was accepted in its own spelling.
  settle: async (paymentPayload, { maxAmountRequired: amount, ...terms }) => {
    const paymentRequirements = { ...terms, amount }
    const accepted = { ...paymentPayload, accepted: paymentRequirements }
    const response = await fetch(`${facilitatorUrl}/settle`, {
      method: 'POST',
      body: JSON.stringify({ paymentPayload: accepted, paymentRequirements })
    })
    return response.json()
  }
}

listen(async (request, response) => {
  const { status, responseHeaders, responseBody } = await settlePayment({
    resourceUrl: `http://${request.headers.host}${request.url}`,
    method: request.method,
    paymentData: request.headers['payment-signature'] ?? request.headers['x-payment'],
    payTo: base.payTo,
    network: base.network,
    price: { amount: atomicPrice, asset: { address: base.asset } },
    facilitator
  })
  response.writeHead(status, responseHeaders).end(status === 200 ? 'sold' : JSON.stringify(responseBody))
})
