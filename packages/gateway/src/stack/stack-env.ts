import type { BaseChain } from '@bursar/localchain'
import type { SolanaChain } from '@bursar/localchain/solana'
import type { TestWallet } from './test-wallet.js'

/** The accounts that a stack's services keep. */
export const devKeys = {
  katana: { key: 'dev', secret: 'local-secret', credits: '10000' },
  relay: 'sk-local',
  tokenhub: 'th-local'
} as const

/** Environment variables of a stack. Those of a chain are there when it runs. */
export interface StackEnv {
  readonly EVM_PRIVATE_KEY?: string
  readonly SVM_PRIVATE_KEY?: string
  readonly BURSAR_RPC_BASE?: string
  readonly BURSAR_RPC_SOLANA?: string
  /** Where ledger and limits are: nothing of a stack goes into the user's own. */
  readonly BURSAR_HOME: string
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

/** What a stack is described by. */
export interface RunningStack {
  readonly home: string
  readonly gatewayUrl: string
  readonly base: BaseChain | undefined
  readonly solana: SolanaChain | undefined
  readonly wallets: { readonly base?: TestWallet; readonly solana?: TestWallet }
}

/** Names everything that a program needs to run against a stack. */
export function stackEnv({ home, gatewayUrl, base, solana, wallets }: RunningStack): StackEnv {
  return {
    ...(wallets.base ? { EVM_PRIVATE_KEY: wallets.base.privateKey } : {}),
    ...(wallets.solana ? { SVM_PRIVATE_KEY: wallets.solana.privateKey } : {}),
    ...(base ? { BURSAR_RPC_BASE: base.rpcUrl } : {}),
    ...(solana ? { BURSAR_RPC_SOLANA: solana.rpcUrl } : {}),
    BURSAR_HOME: home,
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
