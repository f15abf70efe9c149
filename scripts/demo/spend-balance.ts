import { type Bursar, createBursar, formatUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import type { Stack } from './stack.js'
import type { Wallet } from './wallet.js'

const question = 'Reply with exactly: paid from the balance'

/** Tops a prepaid balance up with every wallet, and asks for a text that is paid from it. */
export async function spendBalance({ gateway, wallets }: Stack): Promise<void> {
  const bursar = createBursar({
    ...Object.assign({}, ...wallets.map(({ keys }) => keys)),
    limits: { payment: '1.00', day: '5.00' },
    rpcUrls: Object.fromEntries(wallets.map(({ network, rpcUrl }) => [network, rpcUrl])),
    ledger: 'memory'
  })
  for (const wallet of wallets) await spendOne(bursar, gateway.url, wallet)
  await bursar.close()
}

async function spendOne(
  bursar: Bursar,
  baseUrl: string,
  { network, payer, balanceOf }: Wallet
): Promise<void> {
  const katana = createKatana(bursar, { baseUrl, network, billing: 'wallet' })
  console.log(`\nWallet     ${payer} on ${network}, ${formatUsdc(await balanceOf(payer))} USDC`)
  const { credited } = await katana.balance.topUp('0.50')
  console.log(
    `Top-up     ${credited} USDC credited; on chain ${formatUsdc(await balanceOf(payer))} USDC are left`
  )
  console.log(`Asked      "${question}"`)
  const messages = [{ role: 'user', content: question }] as const
  const reply = await katana.chat.completions.create({ model: 'claude-haiku-4-5', messages, max_tokens: 64 })
  console.log(`Answer     "${reply.choices[0]?.message.content}"`)
  for await (const { type, amount } of katana.balance.transactions())
    console.log(`Movement   ${type.padEnd(8)} ${amount}`)
  console.log(`Balance    ${formatUsdc(await katana.balance.balance())} USDC, spent without another payment`)
}
