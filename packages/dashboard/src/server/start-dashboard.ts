import {
  checkClock,
  checkFunction,
  checkLedger,
  checkOptions,
  checkText,
  listOf,
  notify,
  type OptionChecks,
  systemClock,
  wholeNumberFrom
} from '@bursar/core'
import { listen } from '@bursar/local-server'
import type { SnapshotSource } from '../snapshot/read-snapshot.js'
import type { BalanceRows } from '../snapshot/snapshot.js'
import { LiveEvents } from './live-events.js'
import { type Answer, send } from './respond.js'
import { answerRequest, errorAnswer, type RouteContext } from './routes.js'
import { Sessions } from './sessions.js'

/** The options of a dashboard. */
export interface DashboardOptions extends Omit<SnapshotSource, 'period'> {
  /**
   * Reads balances, when a page asks for them. What cannot be read has a `problem`. Default: none are shown.
   *
   * @example { balances: async () => ({ rows: balanceRows(await bursar.balances()), note: '' }) }
   */
  readonly balances?: (() => Promise<BalanceRows>) | undefined
  /** The port on 127.0.0.1. Default: any free one. @example { port: 8404 } */
  readonly port?: number | undefined
  /**
   * Receives the link for the next browser, after one was used. Default: nobody does.
   *
   * @example { onLink: (url) => console.log(url) }
   */
  readonly onLink?: ((url: string) => void) | undefined
}

const dashboardChecks: OptionChecks<DashboardOptions> = {
  ledger: checkLedger,
  limits: checkFunction,
  files: checkFunction,
  local: listOf(checkText),
  clock: checkClock,
  balances: checkFunction,
  port: wholeNumberFrom(0, 65_535),
  onLink: checkFunction
}

/** A dashboard that is served. */
export interface RunningDashboard {
  /** Such as `http://127.0.0.1:8404`. */
  readonly origin: string
  /** Lets in one browser. A new one is made when it was used. */
  readonly link: string
  /** Ends every connection. */
  stop(): Promise<void>
}

/**
 * Serves a page that shows the ledger, on 127.0.0.1. A browser is let in by a link that is good once. Freezing and thawing are
 * the only writes.
 *
 * @throws {TypeError} for options that are unknown or malformed.
 * @throws {BursarError} `server/port-unavailable`
 */
export async function startDashboard(options: DashboardOptions): Promise<RunningDashboard> {
  checkOptions(options, dashboardChecks, 'startDashboard')
  const { ledger, clock = systemClock, balances = noBalances, port = 0, onLink } = options
  let context: RouteContext | undefined
  const server = await listen(port, (message, response) => {
    const answer = context ? answerRequest(message, response, context) : Promise.resolve(undefined)
    answer.catch(errorAnswer).then(
      (given) => given && send(response, withBody(given, message.method)),
      () => response.destroy()
    )
  })
  const events = new LiveEvents(ledger, () => clock.nowMs())
  const sessions = new Sessions()
  const linkNow = (): string => `${server.url}/?token=${sessions.linkToken}`
  context = {
    ...options,
    balances,
    events,
    sessions,
    origin: server.url,
    onLetIn: () => void notify(onLink, linkNow(), 'onLink')
  }
  return {
    origin: server.url,
    get link() {
      return linkNow()
    },
    async stop() {
      events.close()
      await server.close()
    }
  }
}

async function noBalances(): Promise<BalanceRows> {
  return { rows: [], note: 'No balances are read here.' }
}

function withBody(answer: Answer, method: string | undefined): Answer {
  return method === 'HEAD' ? { ...answer, body: '' } : answer
}
