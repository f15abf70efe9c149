/** Buys a report by `fetch`. The server asks 0.01 USDC; more than 0.05 would not be paid. */
import { createBursar } from 'bursar'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.05', day: '1.00' } })

const { offers } = await bursar.quote(environment.reportUrl)
console.log(`The server asks ${offers[0]?.amount} ${offers[0]?.symbol}. Nothing is paid so far.`)

const response = await bursar.fetch(environment.reportUrl)
console.log(`The report: ${await response.text()}`)

const receipt = bursar.receiptOf(response)
console.log(`It cost ${receipt?.amount} ${receipt?.symbol} (${receipt?.moneyState}).`)
console.log(`The transaction is ${receipt?.transaction}.`)
