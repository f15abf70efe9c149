/** Buys a report on Solana. The wallet needs USDC alone: the server pays the network's fee. */
import { createBursar, formatUsdc } from 'bursar'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment('solana')
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.05', day: '1.00' } })

const response = await bursar.fetch(environment.reportUrl)
console.log(`The report: ${await response.text()}`)

const receipt = bursar.receiptOf(response)
console.log(`It cost ${receipt?.amount} ${receipt?.symbol} on Solana (${receipt?.moneyState}).`)
console.log(`The signature is ${receipt?.transaction}.`)

const { wallets } = await bursar.balances()
for (const { network, usdc } of wallets) console.log(`${network} has ${formatUsdc(usdc ?? 0n)} USDC left.`)
