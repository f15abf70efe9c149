/** Prints what every wallet and every prepaid balance holds: `tsx scripts/wallet/balances.ts` */
import { BASE, formatUsdc, SOLANA_MAINNET } from 'bursar'
import { createKatana } from 'bursar/katana'
import { baseUrl, openBursar } from './open.js'

const bursar = openBursar({ payment: '0' })
const { EVM_PRIVATE_KEY: evm, SVM_PRIVATE_KEY: svm } = process.env
const networks = [...(evm ? [BASE] : []), ...(svm ? [SOLANA_MAINNET] : [])]
const katanas = networks.map((network) => createKatana(bursar, { baseUrl, network }))
const { wallets, prepaid } = await bursar.balances({ prepaid: katanas })
for (const { network, address, usdc, error } of wallets)
  console.log(`${network}  ${address}  ${usdc === undefined ? error?.message : `${formatUsdc(usdc)} USDC`}`)
for (const { service, network, usdc, error } of prepaid)
  console.log(
    `${service}, paid from ${network}  ${usdc === undefined ? error?.message : `${formatUsdc(usdc)} USDC`}`
  )
await bursar.close()
