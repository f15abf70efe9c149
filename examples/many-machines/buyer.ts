/** One machine's agent: buys reports until the budget that all machines share is spent. */
import { createBursar, isBursarError } from 'bursar'
import { postgresLedger } from 'bursar/postgres'
import { openEnvironment } from '../environment.js'

const { DATABASE_URL: url = '', MACHINE: machine = '' } = process.env
await using environment = await openEnvironment()
await using bursar = createBursar({
  ...environment.wallet,
  limits: { payment: '0.05', total: '0.05' },
  ledger: postgresLedger({ url })
})

let bought = 0
try {
  for (;;) {
    const response = await bursar.fetch(environment.reportUrl, { bursar: { labels: { machine } } })
    await response.text()
    bought += 1
  }
} catch (error) {
  // The limit is what ends it. Anything else is a failure of this program.
  if (!isBursarError(error, 'offer/over-limit')) throw error
}
console.log(`Machine ${machine} bought ${bought}.`)
