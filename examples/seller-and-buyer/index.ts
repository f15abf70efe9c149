/** A paid server of your own, on Hono and the official middleware, and a buyer that pays it. */
import { createBursar } from 'bursar'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { openEnvironment } from '../environment.js'
import { startSeller } from './seller.js'

await using environment = await openEnvironment()
const payTo = privateKeyToAddress(generatePrivateKey())
await using seller = await startSeller({ payTo, facilitatorUrl: environment.facilitatorUrl })

// The buyer knows whom it pays: an offer to anybody else is refused before it is signed.
await using bursar = createBursar({
  ...environment.wallet,
  limits: { payment: '0.05', day: '1.00' },
  allow: { payees: [payTo] }
})
const response = await bursar.fetch(`${seller.url}/weather`)
console.log(`The seller answers: ${await response.text()}`)

const receipt = bursar.receiptOf(response)
console.log(`The buyer paid ${receipt?.amount} ${receipt?.symbol} (${receipt?.moneyState}).`)
console.log(`The seller received it: ${receipt?.payTo === payTo}, in transaction ${receipt?.transaction}.`)
