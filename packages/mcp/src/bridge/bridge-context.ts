import type { Bursar } from 'bursar'
import type { CallJournal } from '../calls/call-journal.js'
import type { Calls } from '../calls/calls.js'
import type { Confirmation } from '../host/confirmation.js'
import type { Deliveries } from '../host/deliveries.js'
import type { SdkCall, ToolCall } from '../host/tool-call.js'
import type { SpendingContext } from '../spending-context.js'
import type { ConnectedServer } from './connect-server.js'
import type { ServerLink } from './server-link.js'
import type { ToolPrices } from './tool-prices.js'

/** What a bridge to a paid server works with. Nobody who calls a tool can change any of it. */
export interface BridgeContext extends SpendingContext {
  /** Pays, within its limits. Required. @example { bursar: createBursar({ evm, limits, ledger }) } */
  readonly bursar: Bursar
  /** The server whose tools are paid. Required. @example { server: await connectServer('https://mcp.example.com/mcp', '1.0.0') } */
  readonly server: ConnectedServer
  /**
   * Where calls that are paid are written down, so that an equal call has the result that nobody was given. Default: in
   * memory, until the process ends.
   *
   * @example { journal: new FolderJournal('calls', systemClock) }
   */
  readonly journal?: CallJournal | undefined
  /**
   * Asks a person about dear payments, where the host can. Its `confirm` is the bursar's. Default: the limits alone decide.
   *
   * @example { confirmation: new Confirmation({ above: '0.10' }) }
   */
  readonly confirmation?: Confirmation | undefined
  /**
   * Keys, tokens and passphrases of the operator, which no call may hand to the server. Default: none.
   *
   * @example { secrets: [key] }
   */
  readonly secrets?: readonly string[] | undefined
}

/** What the calls of one bridge work with. */
export interface BridgeTools extends BridgeContext {
  readonly link: ServerLink
  readonly calls: Calls
  readonly deliveries: Deliveries
  readonly prices: ToolPrices
  /** Reads a call of the host. */
  readonly readCall: (call: SdkCall) => ToolCall
}

/** Who calls, as the ledger keeps it. */
export const AGENT = 'mcp'
