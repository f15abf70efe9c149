import { type HasPrepaidAccount, isBursarError, type PrepaidAccount } from '@bursar/core'

/** A prepaid balance, and the wallet whose it is, where that is known. */
export interface DistinctAccount {
  readonly account: PrepaidAccount
  readonly address?: string
}

/** The prepaid balances of services, each once: by service, origin, network and wallet. */
export async function distinctAccounts(
  services: readonly HasPrepaidAccount[]
): Promise<readonly DistinctAccount[]> {
  const found = new Map<string, DistinctAccount>()
  for (const { balance: account } of services) {
    const { service, origin, network } = account
    const address = await addressOf(account)
    const key = [service, origin, network, address ?? ''].join(' ')
    if (!found.has(key)) found.set(key, { account, ...(address === undefined ? {} : { address }) })
  }
  return [...found.values()]
}

/** An account that signs payments only has no wallet to prove. */
async function addressOf(account: PrepaidAccount): Promise<string | undefined> {
  try {
    return await account.address()
  } catch (error) {
    if (isBursarError(error)) return undefined
    throw error
  }
}
