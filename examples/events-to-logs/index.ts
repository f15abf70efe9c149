/** Writes what happens in paid calls to pino, one line of JSON each. No event holds a key, a signature or a body. */
import { createBursar } from 'bursar'
import { pino } from 'pino'
import { openEnvironment } from '../environment.js'

const log = pino({ base: null, timestamp: false }, pino.destination({ dest: 1, sync: true }))

await using environment = await openEnvironment()
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.05', day: '1.00' } })

bursar.on('*', (event) => {
  if (event.type === 'error' || event.type === 'lost') log.error(event)
  else log.info(event)
})

const response = await bursar.fetch(environment.reportUrl, { bursar: { labels: { agent: 'research' } } })
await response.text()

// A receipt and a purchase can be logged as they are, too.
log.info({ receipt: bursar.receiptOf(response) }, 'one report for one payment')
