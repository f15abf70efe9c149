import { BursarError, type Clock, type Ledger, lazyLedger, type RpcUrls } from '@bursar/core'
import { defaultPath } from '@bursar/ledger/default-path'
import { assertOwnLedger } from './assert-own-ledger.js'

/** What the file needs, which a program under Deno has only when it was started so. */
const FLAGS = '--allow-env --allow-read --allow-write'

/**
 * Deno: the user's own file, opened with the first payment, if the program is permitted to.
 *
 * @throws {TypeError} as under Node.
 * @throws {BursarError} `ledger/unavailable` when a permission is missing, here or with the first payment.
 */
export function defaultLedger(clock: Clock, rpcUrls: RpcUrls | undefined): Ledger {
  const path = ownPath(rpcUrls)
  return lazyLedger(async () => {
    try {
      return (await import('@bursar/ledger/sqlite')).sqliteLedger({ path, clock })
    } catch (error) {
      throw permissionError(error)
    }
  })
}

function ownPath(rpcUrls: RpcUrls | undefined): string {
  try {
    assertOwnLedger(rpcUrls)
    return defaultPath()
  } catch (error) {
    throw permissionError(error)
  }
}

/** Deno's error names the one permission that was missing first, and nothing that is secret. */
function permissionError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'NotCapable') return error
  const reason = `Deno says "${error.message.slice(0, 200)}". The file needs ${FLAGS}; ledger: 'memory' needs none of them`
  return new BursarError('ledger/unavailable', {
    message: `The ledger cannot be used: ${reason}. Without a record nothing is paid.`,
    context: { reason },
    moneyState: 'none',
    cause: error
  })
}
