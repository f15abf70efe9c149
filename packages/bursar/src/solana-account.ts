import { loadOnce, malformedSolanaKey } from '@bursar/core'
import { rpcFetch } from '@bursar/fetch'
import type { SolanaProofAccount } from '@bursar/siwx'
import type { SolanaAccount } from '@bursar/solana'
import { type Account, type AccountOptions, lazySigner } from './account.js'

/** The key's shape is checked now, the key itself once it is loaded. */
const keyShape = /^\s*(?:\[[\d,\s]+\]|[1-9A-HJ-NP-Za-km-z]{32,88})\s*$/

/** Reads the user's account for Solana. @throws {TypeError} when it is malformed. The message never shows a key. */
export function solanaAccount(
  account: SolanaAccount,
  { rpcUrls, known, rates, clock, random }: AccountOptions
): Account {
  if (typeof account === 'string' && !keyShape.test(account)) throw malformedSolanaKey(account)
  return {
    family: 'solana',
    payer: {
      family: 'solana',
      load: async () =>
        (await import('@bursar/solana')).createSolanaPayer({
          account,
          rpcUrls,
          known,
          fetch: rpcFetch,
          clock,
          random
        })
    },
    signer: signsTexts(account)
      ? lazySigner('solana', async () => (await import('@bursar/siwx')).createSolanaSigner(account))
      : undefined,
    auditor: loadOnce(async () =>
      (await import('@bursar/solana/audit')).createSolanaAuditor({
        account,
        rpcUrls,
        known,
        rates,
        fetch: rpcFetch,
        clock
      })
    )
  }
}

function signsTexts(account: SolanaAccount): account is SolanaAccount & SolanaProofAccount {
  if (typeof account === 'string' || Array.isArray(account) || account instanceof Uint8Array) return true
  return 'secretKey' in account || 'signMessage' in account || 'signMessages' in account
}
