export type { EvmAuditorOptions } from './audit/evm-auditor.js'
export { evmAuditor } from './audit/evm-auditor.js'
