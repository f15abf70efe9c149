import type { AtomicUsdc, JsonObject, WatchedBalance } from '@bursar/core'
import { type PrepaidContext, walletOf } from './prepaid-context.js'
import { malformed, type Question, reach, readAnswer } from './read-answer.js'
import type { Movement, PrepaidRequest } from './service.js'

const TIMEOUT_MS = 60_000
/** A service chooses how many pages there are, and could lead round in a circle. */
const MAX_PAGES = 10_000

/** What a wallet's balance holds. @throws {BursarError} `service/*`, `signer/failed` */
export async function readBalance(context: PrepaidContext, wallet?: string): Promise<AtomicUsdc> {
  const { service } = context
  const question = questionOf(context, 'balance')
  const address = wallet ?? (await walletOf(context).address())
  const body = await ask(context, question, service.balance(address))
  const atomic = service.readBalance(body) ?? malformed(question, 200, 'it holds no balance')
  context.parts.balanceWatch?.saw(watchedBalance(context, address), atomic)
  return atomic
}

/** Notes that a call was sent which the balance pays for. It never rejects: no call waits for it. */
export async function noteSpent(context: PrepaidContext): Promise<void> {
  const { wallet, parts } = context
  if (!wallet || !parts.balanceWatch) return
  const account = await wallet.address().catch(() => undefined)
  if (account === undefined) return
  parts.balanceWatch.spent(watchedBalance(context, account), { read: () => readBalance(context) })
}

function watchedBalance({ network, origin }: PrepaidContext, account: string): WatchedBalance {
  return { network, account, host: new URL(origin).host }
}

/** Every movement on a wallet's balance, newest first, page by page as it is read. @throws {BursarError} as `readBalance` */
export async function* readMovements(
  context: PrepaidContext,
  wallet?: string
): AsyncGenerator<Movement, void, undefined> {
  const { service } = context
  const question = questionOf(context, 'transactions')
  const address = wallet ?? (await walletOf(context).address())
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const body = await ask(context, question, service.movements(address, cursor))
    const { movements, next } =
      service.readMovements(body) ?? malformed(question, 200, 'it lists no transactions')
    yield* movements
    if (next === undefined || next === cursor) return
    cursor = next
  }
  malformed(question, 200, `its transactions have no end after ${MAX_PAGES} pages`)
}

function questionOf({ service, origin, parts }: PrepaidContext, operation: string): Question {
  return { service: service.name, origin, operation, moneyState: 'none', clock: parts.clock }
}

/** The proof goes to its own origin: a redirect is an answer like any other, and is not followed. */
async function ask(
  context: PrepaidContext,
  question: Question,
  { path }: PrepaidRequest
): Promise<JsonObject> {
  const url = `${context.base}${path}`
  const { name, value } = (await walletOf(context).createProof(url)).headerFor(url)
  const response = await reach(question, () =>
    context.plainFetch(url, {
      headers: { accept: 'application/json', [name]: value },
      redirect: 'manual',
      credentials: 'omit',
      signal: AbortSignal.timeout(TIMEOUT_MS)
    })
  )
  return readAnswer(question, response)
}
