/** Puts USDC on the prepaid balance at Katana, from Solana: `tsx scripts/wallet/top-up-solana.ts 1.00` */
import { formatUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import { amountArgument, baseUrl, openBursar, withGas } from './open.js'

const amount = amountArgument(1, 'how much')
const bursar = openBursar({ payment: withGas(amount, 'solana') })
const { balance } = createKatana(bursar, { baseUrl, network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp' })
const { credited, wallet } = await balance.topUp(amount)
console.log(
  `${credited} USDC credited to ${wallet}; the balance is ${formatUsdc(await balance.balance())} USDC.`
)
await bursar.close()
