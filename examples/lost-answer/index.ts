/** The server takes the payment, and the connection breaks before its answer. The same bytes are sent again: paid once. */
import { createBursar } from 'bursar'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.05', day: '1.00' } })

bursar.on('signed', () => console.log('A payment is signed, and on the disk.'))
bursar.on('resent', () => console.log('The answer was lost: the same bytes are sent again.'))

// The local server does what this header asks for: it settles, and breaks the connection.
const response = await bursar.fetch(environment.reportUrl, {
  headers: { 'X-Gateway-Fault': 'answer-lost-after-settling' }
})
console.log(`The report: ${await response.text()}`)

const receipt = bursar.receiptOf(response)
console.log(`It cost ${receipt?.amount} ${receipt?.symbol}, once (${receipt?.moneyState}).`)
