import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { openDashboard, send } from '../dashboard-page.js'
import { filledLedger, startChromium, visit } from './dashboard-browser.js'

/** A browser that was let in, and in it a page of somebody else: on a port of the same host, or on another site. */
async function hostilePage(name: string) {
  const { ledger, clock } = await filledLedger()
  const { dashboard } = await openDashboard({ ledger, clock })
  const browser = await startChromium()
  const { page: own } = await visit(browser, dashboard)
  const seen: IncomingHttpHeaders[] = []
  const site = createServer(({ headers }, response) => {
    seen.push(headers)
    response
      .setHeader('content-type', 'text/html')
      .end('<title>A page</title><iframe name="hidden"></iframe>')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => {
    site.closeAllConnections()
    site.close()
  })
  const page = await own.context().newPage()
  const address = `http://${name}:${(site.address() as AddressInfo).port}/`
  await page.goto(address)
  return { page, own, address, seen, origin: dashboard.origin, ledger }
}

/** What a page gets of each address by every kind of request that a script can make. */
function fetchAll(page: Page, origin: string) {
  return page.evaluate(async (target) => {
    const json = { 'content-type': 'application/json', 'x-csrf-token': 'guess' }
    const body = '{"reason":"stolen"}'
    const tries: [path: string, init: RequestInit][] = [
      ['/', { credentials: 'include' }],
      ['/api/snapshot', { credentials: 'include' }],
      ['/api/snapshot', { credentials: 'include', mode: 'no-cors' }],
      ['/api/freeze', { method: 'POST', body, headers: json, credentials: 'include' }],
      ['/api/freeze', { method: 'POST', body, mode: 'no-cors', credentials: 'include' }],
      ['/api/thaw', { method: 'POST', body: '{}', mode: 'no-cors', credentials: 'include' }]
    ]
    const outcomes: string[] = []
    for (const [path, init] of tries)
      outcomes.push(
        await fetch(target + path, init).then(
          async (answer) => `${answer.type} ${await answer.text()}`,
          () => 'refused'
        )
      )
    navigator.sendBeacon(`${target}/api/freeze`, new Blob([body], { type: 'text/plain' }))
    return [...new Set(outcomes)].sort()
  }, origin)
}

/** What a page gets by loading an address into itself, and by keeping a connection open. */
function loadAll(page: Page, origin: string) {
  return page.evaluate(async (target) => {
    const outcome = (element: EventTarget, good: string): Promise<string> =>
      new Promise((resolve) => {
        element.addEventListener(good, () => resolve(good))
        element.addEventListener('error', () => resolve('refused'))
      })
    const image = new Image()
    image.src = `${target}/assets/icon.svg`
    const script = document.createElement('script')
    script.src = `${target}/assets/main.js`
    document.body.append(script)
    const events = new EventSource(`${target}/api/events`, { withCredentials: true })
    const socket = new WebSocket(`${target.replace('http', 'ws')}/api/events`)
    return Promise.all([
      outcome(image, 'load'),
      outcome(script, 'load'),
      outcome(events, 'open'),
      outcome(socket, 'open')
    ])
  }, origin)
}

it.each(['127.0.0.1', 'site.example'])(
  'a page at %s reads nothing and changes nothing, even if it knows the secret path',
  async (name) => {
    const { page, own, origin: open, ledger } = await hostilePage(name)
    const origin = own.url().replace(/\/$/, '')
    for (const target of [open, origin]) {
      expect(await fetchAll(page, target)).toEqual(['refused'])
      expect(await loadAll(page, target)).toEqual(['refused', 'refused', 'refused', 'refused'])
    }
    await page.evaluate((target) => {
      for (const enctype of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
        const form = document.createElement('form')
        Object.assign(form, { method: 'POST', action: `${target}/api/freeze`, enctype, target: 'hidden' })
        const field = document.createElement('input')
        Object.assign(field, { name: '{"reason":"', value: 'stolen"}' })
        form.append(field)
        document.body.append(form)
        form.submit()
      }
    }, origin)
    await page.evaluate((target) => {
      const frame = document.createElement('iframe')
      frame.src = `${target}/`
      document.body.append(frame)
    }, origin)
    await page.waitForTimeout(1_000)
    const framed = await Promise.all(
      page
        .frames()
        .slice(1)
        .map((frame) => frame.content().catch(() => ''))
    )
    expect(framed.join('')).not.toMatch(/csrf-token|Spending|kat\.imgnai/)
    expect((await ledger.status()).frozen).toBeUndefined()
  }
)

it('another server on 127.0.0.1 gets nothing that lets it in', async () => {
  const { own, address, seen, origin, ledger } = await hostilePage('127.0.0.1')
  await ledger.freeze('a key may be known')
  const secret = new URL(own.url()).pathname
  expect(secret).toMatch(/^\/[\w-]{43}\/$/)
  // The page itself is led there, so that the browser sends all it would ever send.
  await own.evaluate((target) => void location.assign(target), address)
  await own.waitForURL(address)
  expect(seen.length).toBeGreaterThan(1)
  for (const { cookie, referer = '' } of seen) {
    expect(cookie).toBeUndefined()
    expect(referer).not.toContain(origin)
  }
  expect(JSON.stringify(seen)).not.toContain(secret.slice(1, -1))
  expect(await own.context().cookies()).toEqual([])
  const headers = { origin, 'content-type': 'application/json', 'x-csrf-token': 'guess' }
  for (const base of [origin, `${origin}/${'A'.repeat(43)}`]) {
    const page = await send(`${base}/`)
    expect(page.status).toBe(403)
    expect(page.text).not.toContain('csrf-token')
    expect((await send(`${base}/api/snapshot`)).status).toBe(404)
    expect((await send(`${base}/api/thaw`, { method: 'POST', headers, body: '{}' })).status).toBe(404)
  }
  expect((await ledger.status()).frozen).toMatchObject({ reason: 'a key may be known' })
})

it('a name that is pointed at this machine gets nothing: DNS rebinding', async () => {
  const { page, origin, ledger } = await hostilePage('site.example')
  const { port } = new URL(origin)
  // The page's own origin is the dashboard by now, so that the browser itself holds nothing back.
  const first = await page.goto(`http://rebind.example:${port}/`)
  expect(first?.status()).toBe(403)
  const outcomes = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const read = await fetch('/api/snapshot')
    const write = await fetch('/api/freeze', { method: 'POST', headers, body: '{"reason":"stolen"}' })
    return [read.status, write.status]
  })
  expect(outcomes).toEqual([403, 403])
  expect((await ledger.status()).frozen).toBeUndefined()
})

it('a link to the dashboard on another page opens nothing', async () => {
  const { page, origin } = await hostilePage('site.example')
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate((target) => void window.open(target), origin)
  ])
  await opened.waitForLoadState()
  expect(await opened.content()).not.toMatch(/csrf-token|Spending/)
})
