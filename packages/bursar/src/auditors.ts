import type { Auditor } from '@bursar/core'
import type { BursarOptions } from './create-bursar.js'

/** Finds the auditor of a family of chains, loaded when something is first asked of it. */
export function auditorsOf(options: BursarOptions): (family: string) => Promise<Auditor | undefined> {
  const { evm, solana, rpcUrls, known, clock } = options
  const loaded = new Map<string, Promise<Auditor | undefined>>()
  const load = async (family: string): Promise<Auditor | undefined> => {
    if (family === 'eip155' && evm !== undefined) {
      const { createEvmAuditor } = await import('@bursar/evm/audit')
      return createEvmAuditor({ account: evm, rpcUrls, known })
    }
    if (family === 'solana' && solana !== undefined) {
      const { createSolanaAuditor } = await import('@bursar/solana/audit')
      return createSolanaAuditor({ account: solana, rpcUrls, known, clock })
    }
    return undefined
  }
  return (family) => {
    const auditor = loaded.get(family) ?? load(family)
    loaded.set(family, auditor)
    return auditor
  }
}
