/**
 * Keeps a prepaid balance above a floor, as a line of cron would: `0 * * * * node top-up.js`. What is topped up in a day
 * has a limit of its own, whatever goes wrong.
 */
import { createBursar, formatUsdc, parseUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import { openEnvironment } from '../environment.js'

const FLOOR = parseUsdc('0.40')
const AMOUNT = '0.50'

await using environment = await openEnvironment()

for (const hour of [1, 2]) {
  console.log(`Hour ${hour}:`)
  await keepAboveFloor()
}

/** What cron runs. Every run is a bursar of its own on the same ledger, as it is in processes of their own. */
async function keepAboveFloor(): Promise<void> {
  await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.60', day: '1.20' } })
  const katana = createKatana(bursar, { baseUrl: environment.katanaUrl })
  const balance = await katana.balance.balance()
  if (balance >= FLOOR)
    return console.log(`  ${formatUsdc(balance)} USDC are on the balance. Nothing is to be done.`)

  const topUp = await katana.balance.topUp(AMOUNT)
  console.log(`  ${formatUsdc(balance)} USDC were on the balance. ${topUp.credited} USDC were credited,`)
  console.log(`  and ${topUp.paid} USDC paid, the service's gas included.`)
}
