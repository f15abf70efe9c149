/**
 * Keeps the prepaid balance at Katana above a floor, for cron: `tsx scripts/wallet/keep-above.ts 2.00 5.00` tops up by 5
 * when there are less than 2. Whatever happens, a day costs no more than twice the top-up.
 */
import { formatUsdc, parseUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import { amountArgument, baseUrl, openBursar, withGas } from './open.js'

const floor = parseUsdc(amountArgument(1, 'the floor'))
const amount = amountArgument(2, 'by how much to top up')
const payment = withGas(amount, process.env.EVM_PRIVATE_KEY ? 'eip155' : 'solana')
const bursar = openBursar({ payment, day: formatUsdc(2n * parseUsdc(payment)) })
const { balance } = createKatana(bursar, { baseUrl })
const before = await balance.balance()
if (before >= floor) console.log(`${formatUsdc(before)} USDC: enough.`)
else console.log(`${(await balance.topUp(amount)).credited} USDC credited; there were ${formatUsdc(before)}.`)
await bursar.close()
