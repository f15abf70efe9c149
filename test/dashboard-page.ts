import { type IncomingHttpHeaders, request } from 'node:http'
import { startDashboard } from '@bursar/dashboard'
import { memoryLedger } from '@bursar/ledger'
import { onTestFinished } from 'vitest'

type Options = Partial<Parameters<typeof startDashboard>[0]>

/** A dashboard for one test. */
export async function openDashboard(options: Options = {}) {
  const ledger = options.ledger ?? memoryLedger()
  const links: string[] = []
  const dashboard = await startDashboard({ ledger, onLink: (link) => links.push(link), ...options })
  onTestFinished(() => dashboard.stop())
  return { dashboard, ledger, links }
}

/** What a request is sent with. */
export interface RawRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends exactly these headers, which `fetch` would not. */
export function send(
  url: string,
  { method = 'GET', headers = {}, body }: RawRequest = {}
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    // The path as it is written: a URL would resolve its dots.
    const path = url.slice(url.indexOf('/', 'http://'.length))
    const sent = request({ hostname, port, path, method, headers, agent: false }, async (response) => {
      let text = ''
      for await (const chunk of response.setEncoding('utf8')) text += chunk
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
    })
    sent.once('error', reject).end(body)
  })
}

/** Lets a program in, as a browser is. @returns the page's address without its last slash, and the token for writes. */
export async function letIn(link: string): Promise<{ base: string; csrf: string }> {
  const { headers } = await send(link)
  const base = new URL(link).origin + (headers.location ?? '').replace(/\/$/, '')
  const { text } = await send(`${base}/`)
  return { base, csrf: /name="csrf-token" content="([^"]+)"/.exec(text)?.[1] ?? '' }
}
