import { BalanceStore } from '../balances/balance-store.js'
import type { PaymentService } from '../payment/payment-service.js'
import type { GatewayRuntime } from '../runtime.js'
import type { Route } from '../server/route.js'
import { sellChat } from './chat.js'
import type { VeniceContext } from './context.js'
import { SignIns } from './sign-in.js'
import { sellTopUp } from './top-up.js'
import { showBalance, showTransactions } from './wallet.js'

/**
 * Venice's wallet credits and its chat, under `/venice`.
 *
 * Written from Venice's documentation of 2026.
 */
export function veniceRoutes(parts: {
  readonly payments: PaymentService
  readonly runtime: GatewayRuntime
}): readonly Route[] {
  const context: VeniceContext = { ...parts, balances: new BalanceStore(undefined), signIns: new SignIns() }
  const at = (path: string): RegExp => new RegExp(`^/venice/api/v1${path}$`)
  return [
    {
      methods: ['POST'],
      path: at('/x402/top-up'),
      sells: 'by-path',
      handle: (incoming) => sellTopUp(context, incoming)
    },
    {
      methods: ['GET'],
      path: at('/x402/balance/(\\w+)'),
      takesFaults: true,
      handle: (incoming) => showBalance(context, incoming)
    },
    {
      methods: ['GET'],
      path: at('/x402/transactions/(\\w+)'),
      takesFaults: true,
      handle: (incoming) => showTransactions(context, incoming)
    },
    {
      methods: ['POST'],
      path: at('/chat/completions'),
      takesFaults: true,
      handle: (incoming) => sellChat(context, incoming)
    }
  ]
}
