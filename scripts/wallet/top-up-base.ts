/** Puts USDC on the prepaid balance at Katana, from Base: `tsx scripts/wallet/top-up-base.ts 1.00` */
import { formatUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import { amountArgument, baseUrl, openBursar, withGas } from './open.js'

const amount = amountArgument(1, 'how much')
const bursar = openBursar({ payment: withGas(amount, 'eip155') })
const { balance } = createKatana(bursar, { baseUrl, network: 'eip155:8453' })
const { credited, wallet } = await balance.topUp(amount)
console.log(
  `${credited} USDC credited to ${wallet}; the balance is ${formatUsdc(await balance.balance())} USDC.`
)
await bursar.close()
