import { formatUsdc, type NetworkId, parseUsdc } from '@bursar/core'
import type { Bursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { createVenice } from 'bursar/venice'
import { reportPayments, withPayingBursar } from '../accounts/open-accounts.js'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { checkUsage } from '../usage-error.js'

/** The options of `topup`. */
export interface TopUpVerbOptions {
  readonly service: 'katana' | 'venice'
  readonly network?: NetworkId
  readonly url?: string
  readonly maxAmount?: string
  readonly json?: boolean
}

/** Puts USDC on the prepaid balance at a service. */
export async function topUp(
  context: CommandContext,
  amount: string,
  options: TopUpVerbOptions
): Promise<void> {
  parseUsdc(amount)
  const endpoint = serviceEndpoint(context.env, options.service, options.url)
  await withPayingBursar(context, options, async (bursar) => {
    reportPayments(context, bursar)
    const balance = checkUsage(() => openBalance(bursar, options, endpoint))
    const { credited, wallet } = await balance.topUp(amount)
    const usdc = formatUsdc(await balance.balance())
    if (options.json) return context.out(`${JSON.stringify({ credited, wallet, balance: usdc })}\n`)
    context.out(`${credited} USDC credited; the balance is ${usdc} USDC.\n`)
  })
}

function openBalance(
  bursar: Bursar,
  { service, network }: TopUpVerbOptions,
  endpoint: { readonly baseUrl?: string }
) {
  if (service === 'venice') return createVenice(bursar, endpoint).balance
  return createKatana(bursar, network === undefined ? endpoint : { ...endpoint, network }).balance
}
