import { BalanceStore } from '../balances/balance-store.js'
import type { Facilitator } from '../facilitator/facilitator.js'
import type { PaymentService } from '../payment/payment-service.js'
import type { GatewayRuntime } from '../runtime.js'
import type { Route } from '../server/route.js'
import { Accounts } from './billing/accounts.js'
import { Billing } from './billing/billing.js'
import { ReplyScript } from './chat/reply-script.js'
import type { ScriptedReply } from './chat/scripted-reply.js'
import { JobService } from './generation/job-service.js'
import { type KatanaOptions, katanaSettings } from './options.js'
import { katanaProtocol } from './protocol.js'
import { katanaRoutes } from './routes.js'
import { withStatuses } from './statuses.js'

/** Controls the Katana endpoints of a gateway. */
export interface KatanaControls {
  /**
   * Scripts the replies of the next chat completions, one each, in the order given. A function is called with the body of
   * its request. When the script ends, the model repeats what it is asked, as it does without one.
   *
   * @example
   * ```ts
   * gateway.katana.answerWith(
   *   { toolCalls: [{ name: 'weather', arguments: { city: 'Paris' } }] },
   *   { reasoning: 'The tool says 12.', content: 'It is 12 degrees in Paris.' }
   * )
   * ```
   */
  answerWith(...replies: readonly ScriptedReply[]): void
  /**
   * Scripts the reply of every chat completion for which `answerWith` has none left. For programs that make as many
   * requests as they like.
   *
   * @example
   * ```ts
   * gateway.katana.answerAllWith(({ tools }) => ({ content: tools ? 'It has tools.' : 'It has none.' }))
   * ```
   */
  answerAllWith(reply: ScriptedReply): void
}

/** The Katana emulator of a gateway. */
export interface Katana {
  readonly routes: readonly Route[]
  readonly controls: KatanaControls
}

/** Builds the Katana emulator. */
export function createKatana(
  options: KatanaOptions,
  parts: {
    readonly payments: PaymentService
    readonly facilitators: readonly Facilitator[]
    readonly runtime: GatewayRuntime
  }
): Katana {
  const settings = katanaSettings(options)
  const { gasAtomic } = settings
  const protocol = katanaProtocol(settings.echo, settings.solanaGasAtomic)
  const balances = new BalanceStore(settings.stateFile)
  const { facilitators, runtime } = parts
  const script = new ReplyScript()
  const routes = katanaRoutes({
    ...parts,
    settings,
    protocol,
    balances,
    script,
    accounts: new Accounts(settings.accounts),
    billing: new Billing({ balances, runtime, facilitators, protocol, gasAtomic }),
    jobs: new JobService(runtime, settings.generationMs)
  })
  return {
    routes: withStatuses(routes, settings.statuses),
    controls: {
      answerWith: (...replies) => script.add(replies),
      answerAllWith: (reply) => script.keep(reply)
    }
  }
}
