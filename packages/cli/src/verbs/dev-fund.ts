import { isJsonObject, parseUsdc } from '@bursar/core'
import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'

/** Who gets how much of a stack. */
interface FundOptions {
  readonly address: string
  /** Decimal USDC. */
  readonly amount: string
  readonly json?: boolean
}

/** Puts USDC of the running stack into a wallet. @throws {UsageError} when no stack runs, or it rejects the address. */
export async function fundWallet(
  context: CommandContext,
  { address, amount, json }: FundOptions
): Promise<void> {
  parseUsdc(amount)
  const { BURSAR_FAUCET_URL: url, BURSAR_FAUCET_TOKEN: token } = context.env
  if (!url || !token)
    throw new UsageError('No local stack is known here: paste the lines that bursar dev printed')
  const response = await send(url, { token, body: { address, usdc: amount } })
  const answer: unknown = await response.json()
  if (!response.ok) throw new UsageError(messageOf(answer))
  const network = isJsonObject(answer) ? String(answer.network) : ''
  context.out(
    json
      ? `${JSON.stringify({ address, amount, network })}\n`
      : `${amount} USDC on ${network} for ${address}.\n`
  )
}

async function send(
  url: string,
  { token, body }: { readonly token: string; readonly body: object }
): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  try {
    return await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  } catch (cause) {
    throw new UsageError(`The local stack at ${url} does not answer: is bursar dev still running?`, { cause })
  }
}

function messageOf(answer: unknown): string {
  const error = isJsonObject(answer) && isJsonObject(answer.error) ? answer.error : {}
  return typeof error.message === 'string' ? error.message : 'The local stack rejected it'
}
