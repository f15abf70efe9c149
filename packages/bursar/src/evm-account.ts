import { loadOnce } from '@bursar/core'
import { createEvmPayer, type EvmAccount } from '@bursar/evm'
import { rpcFetch } from '@bursar/fetch'
import type { EvmProofAccount } from '@bursar/siwx'
import { type Account, type AccountOptions, lazySigner } from './account.js'

/** The options for an account on EVM networks. */
interface EvmAccountOptions extends AccountOptions {
  readonly gasAccount?: EvmAccount | undefined
}

/**
 * Reads the user's account for EVM networks. @throws {TypeError} when it is malformed. The message never shows a key.
 */
export function evmAccount(
  account: EvmAccount,
  { rpcUrls, known, rates, clock, random, gasAccount }: EvmAccountOptions
): Account {
  return {
    family: 'eip155',
    payer: createEvmPayer({ account, rpcUrls, known, fetch: rpcFetch, clock, random }),
    signer: signsTexts(account)
      ? lazySigner('eip155', async () => (await import('./evm-proof-signer.js')).createProofSigner(account))
      : undefined,
    auditor: loadOnce(async () =>
      (await import('@bursar/evm/audit')).createEvmAuditor({
        account,
        gasAccount,
        rpcUrls,
        known,
        rates,
        fetch: rpcFetch,
        clock
      })
    )
  }
}

function signsTexts(account: EvmAccount): account is EvmAccount & EvmProofAccount {
  return typeof account === 'string' || 'signMessage' in account
}
