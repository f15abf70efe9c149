/** Prints what every wallet and every prepaid balance holds: `tsx scripts/wallet/balances.ts` */
import { formatUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import { baseUrl, openBursar } from './open.js'

const bursar = openBursar({ payment: '0' })
const katana = createKatana(bursar, { baseUrl })
const { wallets, prepaid } = await bursar.balances({ prepaid: [katana] })
for (const { network, address, usdc, error } of wallets)
  console.log(`${network}  ${address}  ${usdc === undefined ? error?.message : `${formatUsdc(usdc)} USDC`}`)
for (const { service, network, usdc, error } of prepaid)
  console.log(
    `${service}, paid from ${network}  ${usdc === undefined ? error?.message : `${formatUsdc(usdc)} USDC`}`
  )
await bursar.close()
