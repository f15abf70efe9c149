/** What is refused before anything is signed: a price above a limit, another payee, another host, and all of it once frozen. */
import { bursarErrorOf, createBursar } from 'bursar'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()
const { wallet, reportUrl } = environment
const { host } = new URL(reportUrl)

await using strict = createBursar({ ...wallet, limits: { payment: '0.001' } })
await tryToBuy('A report for 0.01 USDC, with a limit of 0.001', () => strict.fetch(reportUrl))

await using careful = createBursar({
  ...wallet,
  limits: { payment: '0.05', hosts: { [host]: { day: '0.03' } } },
  allow: { hosts: [host], payees: 'pin' },
  maxPriceIncrease: 1.5
})
await tryToBuy('A first report', () => careful.fetch(reportUrl))
// The local server does what this header asks for: here it names another payee, and then a higher price.
const headers = (fault: string) => ({ headers: { 'X-Gateway-Fault': fault } })
await tryToBuy('One from another payee', () => careful.fetch(reportUrl, headers('wrong-payee')))
await tryToBuy('One at twice the price', () =>
  careful.fetch(reportUrl, headers('price-above-quote;leg=unpaid'))
)
await tryToBuy('A second report', () => careful.fetch(reportUrl))
await tryToBuy('A third report', () => careful.fetch(reportUrl))
await tryToBuy('A fourth, with 0.03 USDC a day for this host', () => careful.fetch(reportUrl))

await careful.freeze('the key may be known')
await tryToBuy('A report while payments are frozen', () => careful.fetch(reportUrl))

async function tryToBuy(what: string, buy: () => Promise<Response>): Promise<void> {
  try {
    const response = await buy()
    await response.text()
    console.log(`${what}: bought.`)
  } catch (error) {
    const found = bursarErrorOf(error)
    if (!found) throw error
    console.log(`${what}: ${found.code}.\n  ${found.message} Money that moved: ${found.moneyState}.`)
  }
}
