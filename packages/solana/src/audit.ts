export type { SolanaAuditorOptions } from './audit/solana-auditor.js'
export { createSolanaAuditor } from './audit/solana-auditor.js'
