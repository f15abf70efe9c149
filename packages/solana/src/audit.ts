export type { SolanaAuditorOptions } from './audit/solana-auditor.js'
export { solanaAuditor } from './audit/solana-auditor.js'
