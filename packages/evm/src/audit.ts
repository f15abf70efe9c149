export type { EvmAuditorOptions } from './audit/evm-auditor.js'
export { createEvmAuditor } from './audit/evm-auditor.js'
