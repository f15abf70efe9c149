import type { IncomingMessage, ServerResponse } from 'node:http'
import { bursarErrorOf, isJsonObject, type Ledger } from '@bursar/core'
import { readJsonBody } from '@bursar/local-server'
import { readSnapshot, type SnapshotSource } from '../snapshot/read-snapshot.js'
import type { BalanceRows } from '../snapshot/snapshot.js'
import { assetAnswer, lockedAnswer, shellAnswer } from './assets.js'
import { fileAnswer } from './file-answer.js'
import { foreignReason, writeReason } from './guard.js'
import type { LiveEvents } from './live-events.js'
import { type Answer, jsonAnswer, problemAnswer } from './respond.js'
import type { BrowserSession, Sessions } from './sessions.js'

/** What the requests of a page are answered from. */
export interface RouteContext extends SnapshotSource {
  /** Of this server, such as `http://127.0.0.1:8404`. */
  readonly origin: string
  readonly sessions: Sessions
  readonly events: LiveEvents
  readonly balances: () => Promise<BalanceRows>
  /** Called when a browser was let in, so that a link for the next one can be shown. */
  readonly onLetIn: () => void
}

const MAX_REASON_CHARACTERS = 200
const MAX_BODY_BYTES = 4096

const locked = lockedAnswer(
  'This page is open to the link that the command has printed, once. Open the newest link of bursar dashboard.'
)
/** The same for a path that is not known and for a browser that was not let in, so that neither tells of the other. */
const nowhere = problemAnswer(404, 'There is no such page')

/** Answers a request. @returns nothing where the answer goes on: live events. */
export async function answerRequest(
  message: IncomingMessage,
  response: ServerResponse,
  context: RouteContext
): Promise<Answer | undefined> {
  const foreign = foreignReason(message, context.origin)
  if (foreign !== undefined) return problemAnswer(403, foreign)
  const target = message.url ?? '/'
  if (!URL.canParse(target, context.origin)) return nowhere
  const url = new URL(target, context.origin)
  const isRead = message.method === 'GET' || message.method === 'HEAD'
  const found = context.sessions.find(url.pathname)
  if (!found) return isRead ? answerStranger(message, url, context) : nowhere
  return isRead
    ? answerRead({ url, ...found, response }, context)
    : answerWrite({ message, ...found }, context)
}

/** What is read without a session: the files that every installation has, and the way in. */
async function answerStranger(
  { method }: IncomingMessage,
  { pathname, searchParams }: URL,
  context: RouteContext
): Promise<Answer> {
  const asset = await assetAnswer(pathname)
  if (asset) return asset
  const token = searchParams.get('token')
  if (method === 'GET' && pathname === '/' && token !== null) return letIn(token, context)
  // Also where a page was whose command has ended: its reader is told which link to open.
  return pathname.endsWith('/') ? locked : nowhere
}

function letIn(token: string, { sessions, onLetIn }: RouteContext): Answer {
  const path = sessions.exchange(token)
  if (path === undefined) return locked
  onLetIn()
  return { status: 303, type: 'text/plain; charset=utf-8', body: '', headers: { location: path } }
}

interface Read {
  readonly url: URL
  /** Below the session's own. */
  readonly path: string
  readonly session: BrowserSession
  readonly response: ServerResponse
}

async function answerRead(
  { url, path, session, response }: Read,
  context: RouteContext
): Promise<Answer | undefined> {
  switch (path) {
    case '/':
      return shellAnswer(session)
    case '/api/snapshot':
      return jsonAnswer(await readSnapshot(context))
    case '/api/balances':
      return jsonAnswer(await context.balances())
    case '/api/events':
      return context.events.watch(response) ? undefined : problemAnswer(503, 'Too many pages are open')
    case '/files':
      return fileAnswer(url.searchParams, context.files ?? (async () => []))
    default:
      return nowhere
  }
}

interface Write {
  readonly message: IncomingMessage
  /** Below the session's own. */
  readonly path: string
  readonly session: BrowserSession
}

async function answerWrite(
  { message, path, session }: Write,
  { ledger, origin }: RouteContext
): Promise<Answer> {
  const isKnown = path === '/api/freeze' || path === '/api/thaw'
  if (!isKnown || message.method !== 'POST') return nowhere
  const rejection = writeReason(message, { origin, session })
  if (rejection !== undefined) return problemAnswer(403, rejection)
  const { value } = await readJsonBody(message, MAX_BODY_BYTES)
  return path === '/api/thaw' ? thaw(ledger) : freeze(ledger, value)
}

async function freeze(ledger: Ledger, body: unknown): Promise<Answer> {
  const reason = isJsonObject(body) && typeof body.reason === 'string' ? body.reason.trim() : ''
  if (reason === '' || reason.length > MAX_REASON_CHARACTERS || /\p{Surrogate}/u.test(reason))
    return problemAnswer(400, `Say why, in at most ${MAX_REASON_CHARACTERS} characters`)
  await ledger.freeze(reason)
  return jsonAnswer({ frozen: true })
}

async function thaw(ledger: Ledger): Promise<Answer> {
  await ledger.freeze(undefined)
  return jsonAnswer({ frozen: false })
}

/** What the page shows of an error: our own words, and nothing of an error that is not ours. */
export function errorAnswer(error: unknown): Answer {
  const ours = bursarErrorOf(error)
  if (ours) return problemAnswer(ours.code.startsWith('ledger/') ? 503 : 500, ours.message)
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  return status >= 400 && status < 500 && error instanceof Error
    ? problemAnswer(status, error.message)
    : problemAnswer(500, 'The dashboard failed. The ledger is untouched')
}
