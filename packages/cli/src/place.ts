import type { Bursar } from 'bursar'
import { openAccounts } from './accounts.js'
import type { Io } from './io.js'
import { limitsFor } from './limits-file.js'
import { networkName } from './network-name.js'

/** Where a service is, when it is not at its own address. */
export interface Place {
  readonly url?: string
}

/** Where that is, as options: by `--url`, else by the environment, else its own address. */
export function placeOf({ env }: Io, service: 'katana' | 'venice', url: string | undefined) {
  const baseUrl = url ?? env[service === 'katana' ? 'KATANA_URL' : 'VENICE_URL']
  return baseUrl === undefined ? {} : { baseUrl }
}

/** Does something with a bursar under the limits of the file and of one command. */
export async function withBursar<Value>(
  io: Io,
  maxAmount: string | undefined,
  use: (bursar: Bursar) => Promise<Value>
): Promise<Value> {
  const bursar = await openAccounts(io, limitsFor(io.env, maxAmount))
  bursar.on('settled', ({ amount = '', network }) =>
    io.tell(`Paid ${amount} USDC${network ? ` on ${networkName(network)}` : ''}.\n`)
  )
  try {
    return await use(bursar)
  } finally {
    await bursar.close()
  }
}
