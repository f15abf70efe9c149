import { isLoopback } from '@bursar/core'
import type { TopUpRule } from '@bursar/generation/katana'
import type {
  AnswerCost,
  AnswerNote,
  CostSource,
  KatanaServiceOptions,
  ProxyOptions,
  Spending,
  VeniceServiceOptions
} from '@bursar/proxy'
import type { Io } from '../io.js'

/** How a cost is told, by what paid it. */
const words: Readonly<Record<CostSource, string>> = {
  payment: 'USDC paid directly',
  balance: 'USDC from the prepaid balance',
  account: 'USD from the account',
  test: 'USDC of test money'
}

const sources: readonly CostSource[] = ['payment', 'balance', 'account', 'test']

/**
 * Writes a line for each payment and each answer. A program that has the terminal draws on it, so that nothing is written over
 * its screen.
 */
export function openProxyLog(
  { err, columns, errColumns }: Pick<Io, 'err' | 'columns' | 'errColumns'>,
  hasProgram: boolean
): Pick<ProxyOptions, 'onAnswered' | 'onPaid'> & { say(line: string): void } {
  if (hasProgram && columns !== undefined && errColumns !== undefined) {
    err(
      'What each answer costs is not written over its screen: bursar history has it, and the sum comes at the end.\n'
    )
    return { say: () => {} }
  }
  return {
    say: err,
    onAnswered: (note) => err(answerLine(note)),
    onPaid: (agent, { amount, symbol, host, atMs }) =>
      err(`${timeText(atMs)}  ${agent}  paid ${amount} ${symbol} to ${host}\n`)
  }
}

/** One line for an answer: when, for whom, what, how it ended, how long it took, and what it cost. */
function answerLine(note: AnswerNote): string {
  const { agent = 'nobody', path, status, ms, atMs, cost, isRepeat = false, problem } = note
  const parts = [timeText(atMs), agent, path, String(status), `${ms} ms`]
  if (problem !== undefined) parts.push(problem)
  if (cost) parts.push(costText(cost, isRepeat))
  return `${parts.join('  ')}\n`
}

/** What was spent in all. */
export function spendingLine({ topUp, ...spent }: Spending): string {
  const sums = sources
    .filter((source) => spent[source] !== '0')
    .map((source) => `${spent[source]} ${words[source]}`)
  const sum = sums.length === 0 ? 'nothing was spent' : sums.join(', ')
  const toppedUp = topUp === '0' ? '' : `; ${topUp} USDC was put on the prepaid balance`
  return `In all: ${sum}${toppedUp}.\n`
}

/** Where the proxy listens, and who reaches it there. */
export function listeningLine(url: string, bind: string | undefined): string {
  const isOpen = bind !== undefined && !isLoopback(bind.includes(':') ? `[${bind}]` : bind)
  const where = isOpen ? 'on this machine and on others' : 'on this machine'
  return `Listening on ${url}, for programs ${where} that have a token. Ctrl-C ends it.\n`
}

/** A service that keeps a prepaid balance. */
type BalanceService = KatanaServiceOptions | VeniceServiceOptions

/** How texts are paid at a service that keeps a prepaid balance. */
export function balanceLine({ name, topUp: rule }: BalanceService): string {
  if (typeof rule === 'object') return ruleLine(name, rule)
  if (name === 'venice')
    return 'Texts are paid from the prepaid balance while it suffices. --topup 5.00 --topup-per-day 10.00 keeps it topped up.\n'
  return 'Texts are paid from the prepaid balance while it suffices, else directly, which costs some hundred times as much. --topup 1.00 --topup-per-day 5.00 keeps it topped up.\n'
}

function ruleLine(name: BalanceService['name'], rule: TopUpRule): string {
  const { amount, perDay, cooldownMs = 0 } = rule
  const pace = cooldownMs > 0 ? ` and once in ${cooldownMs / 1000} s` : ''
  const otherwise = name === 'katana' ? ' What it cannot pay is paid directly, within the limits.' : ''
  return `Texts are paid from the prepaid balance, which is topped up by ${amount} USDC when it runs short, ${perDay} USDC a day${pace} at most.${otherwise}\n`
}

/** The time of day here, such as `14:05:09`. */
export function timeText(atMs: number): string {
  return new Date(atMs).toTimeString().slice(0, 8)
}

function costText({ amount, source }: AnswerCost, isRepeat: boolean): string {
  return isRepeat ? `paid for before: ${amount} ${words[source]}` : `${amount} ${words[source]}`
}
