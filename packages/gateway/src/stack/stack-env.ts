import { rpcVariable } from '@bursar/core'
import type { BaseChain } from '@bursar/localchain'
import type { SolanaChain } from '@bursar/localchain/solana'
import type { TestWallet } from './test-wallet.js'

/** The accounts at the services of a stack. */
export const devKeys = {
  katana: { key: 'dev', secret: 'local-secret', credits: '10000' },
  relay: 'sk-local',
  tokenhub: 'th-local'
} as const

/** Environment variables of a stack. Those of a chain are set when it runs. No interface: a child's `env` takes it. */
export type StackEnv = {
  readonly EVM_PRIVATE_KEY?: string
  readonly SVM_PRIVATE_KEY?: string
  readonly BURSAR_RPC_BASE?: string
  readonly BURSAR_RPC_SOLANA?: string
  /** Set in place of the two before where the networks are test networks. */
  readonly BURSAR_RPC_BASE_SEPOLIA?: string
  readonly BURSAR_RPC_SOLANA_DEVNET?: string
  /** Where ledger and limits are kept: in a folder of the stack's own, and not in the user's. */
  readonly BURSAR_HOME: string
  /** A facilitator for x402 servers of one's own. */
  readonly FACILITATOR_URL: string
  /** Sells a report for 0.01 USDC by x402 v2. */
  readonly X402_REPORT_URL: string
  readonly KATANA_URL: string
  readonly KATANA_API_KEY: string
  readonly VENICE_URL: string
  readonly OPENCLAW_URL: string
  readonly OPENCLAW_API_KEY: string
  readonly TOKENHOT_URL: string
  readonly TOKENHOT_API_KEY: string
  readonly TOKENHUB_URL: string
  readonly TOKENHUB_API_KEY: string
}

/** What the environment is built from. */
export interface EnvParts {
  readonly home: string
  readonly gatewayUrl: string
  readonly base: BaseChain | undefined
  readonly solana: SolanaChain | undefined
  readonly wallets: { readonly base?: TestWallet; readonly solana?: TestWallet }
}

/** Everything that a program needs to run against a stack. */
export function buildEnv({ home, gatewayUrl, base, solana, wallets }: EnvParts): StackEnv {
  return {
    ...(wallets.base ? { EVM_PRIVATE_KEY: wallets.base.privateKey } : {}),
    ...(wallets.solana ? { SVM_PRIVATE_KEY: wallets.solana.privateKey } : {}),
    ...(base ? { [rpcVariable(`eip155:${base.chainId}`)]: base.rpcUrl } : {}),
    ...(solana ? { [rpcVariable(solana.network)]: solana.rpcUrl } : {}),
    BURSAR_HOME: home,
    FACILITATOR_URL: gatewayUrl,
    X402_REPORT_URL: `${gatewayUrl}/standard/v2/report`,
    KATANA_URL: gatewayUrl,
    KATANA_API_KEY: `${devKeys.katana.key}:${devKeys.katana.secret}`,
    VENICE_URL: `${gatewayUrl}/venice`,
    OPENCLAW_URL: `${gatewayUrl}/relays/openclaw`,
    OPENCLAW_API_KEY: devKeys.relay,
    TOKENHOT_URL: `${gatewayUrl}/relays/tokenhot`,
    TOKENHOT_API_KEY: devKeys.relay,
    TOKENHUB_URL: `${gatewayUrl}/relays/tokenhub`,
    TOKENHUB_API_KEY: devKeys.tokenhub
  }
}
