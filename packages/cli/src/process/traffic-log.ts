import { subscribe, unsubscribe } from 'node:diagnostics_channel'

const CREATED = 'undici:request:create'
const ANSWERED = 'undici:request:headers'
const FAILED = 'undici:request:error'

/**
 * Says of each request of this process which origin it went to, how it was answered and how long that took. Never a path
 * or a query: those of an RPC endpoint may hold a key.
 *
 * @returns a function that stops this.
 */
export function logTraffic(say: (line: string) => void): () => void {
  const started = new WeakMap<object, number>()
  const note = (message: unknown): void => {
    const request = requestIn(message)
    if (request) started.set(request, performance.now())
  }
  const end = (message: unknown): void => {
    const request = requestIn(message)
    if (!request) return
    const tookMs = Math.round(performance.now() - (started.get(request) ?? performance.now()))
    say(`${String(request.method)} ${originOf(request.origin)}: ${statusIn(message)}, ${tookMs} ms\n`)
  }
  subscribe(CREATED, note)
  for (const channel of [ANSWERED, FAILED]) subscribe(channel, end)
  return () => {
    unsubscribe(CREATED, note)
    for (const channel of [ANSWERED, FAILED]) unsubscribe(channel, end)
  }
}

function requestIn(message: unknown): { readonly method?: unknown; readonly origin?: unknown } | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined
  return typeof message.request === 'object' && message.request !== null ? message.request : undefined
}

function statusIn(message: unknown): string {
  if (typeof message !== 'object' || message === null || !('response' in message)) return 'no answer'
  const { response } = message
  const isAnswer = typeof response === 'object' && response !== null && 'statusCode' in response
  return isAnswer ? String(response.statusCode) : 'no answer'
}

/** Without a user and a password. */
function originOf(origin: unknown): string {
  const text = String(origin)
  return URL.canParse(text) ? new URL(text).origin : 'an origin'
}
