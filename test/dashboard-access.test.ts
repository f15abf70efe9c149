import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SavedFile } from '@bursar/dashboard'
import { memoryLedger } from '@bursar/ledger'
import { expect, it, onTestFinished } from 'vitest'
import { fillLedger, movableClock, secrets } from './dashboard-ledger.js'
import { letIn, openDashboard, send } from './dashboard-page.js'

it('lets in the first browser that has the link, once, and gives the next one another link', async () => {
  const { dashboard, links } = await openDashboard()
  const { origin, link } = dashboard
  expect((await send(`${origin}/`)).status).toBe(403)
  const first = await send(link)
  expect([first.status, first.headers['set-cookie']]).toEqual([303, undefined])
  expect(first.headers.location).toMatch(/^\/[\w-]{43}\/$/)
  expect((await send(origin + first.headers.location)).status).toBe(200)
  const again = await send(link)
  expect([again.status, again.headers.location]).toEqual([403, undefined])
  expect(links).toEqual([dashboard.link])
  expect(dashboard.link).not.toBe(link)
  const wrong = `${dashboard.link.slice(0, -1)}${dashboard.link.endsWith('A') ? 'B' : 'A'}`
  expect((await send(wrong)).status).toBe(403)
  expect((await send(dashboard.link)).status).toBe(303)
})

/** The same address, but for its last character. */
const nearly = (base: string): string => base.slice(0, -1) + (base.endsWith('A') ? 'B' : 'A')

it('answers nothing without the secret path, and nothing that was not asked for by its own page', async () => {
  const { dashboard, ledger } = await openDashboard()
  const { origin } = dashboard
  const { base, csrf } = await letIn(dashboard.link)
  const host = new URL(origin).host
  const paths = ['/', '/api/snapshot', '/api/balances', '/api/events', '/files?job=a&index=0']
  const foreign = [
    { host: `evil.example:${new URL(origin).port}` },
    { host: 'localhost' },
    { host, origin: 'http://127.0.0.1:1' },
    { host, origin: 'null' },
    { host, 'sec-fetch-site': 'same-site' },
    { host, 'sec-fetch-site': 'cross-site' }
  ]
  for (const path of paths) {
    for (const stranger of [
      origin,
      nearly(base),
      `${base}x`,
      `${origin}/.${new URL(base).pathname}x`,
      `${origin}/x`
    ])
      expect((await send(stranger + path)).status, path).toBe(path === '/' ? 403 : 404)
    for (const headers of foreign) expect((await send(base + path, { headers })).status).toBe(403)
  }
  const write = { method: 'POST', body: '{"reason":"stolen"}' }
  const json = { 'content-type': 'application/json' }
  for (const headers of [
    json,
    { ...json, origin },
    { ...json, 'x-csrf-token': csrf },
    { ...json, origin, 'x-csrf-token': `${csrf}x` },
    { ...json, origin: 'http://evil.example', 'x-csrf-token': csrf },
    { ...json, origin, 'x-csrf-token': csrf, 'content-type': 'text/plain' }
  ])
    expect((await send(`${base}/api/freeze`, { ...write, headers })).status).toBe(403)
  const whole = { ...json, origin, 'x-csrf-token': csrf }
  for (const stranger of [origin, nearly(base), `${origin}/x`])
    expect((await send(`${stranger}/api/freeze`, { ...write, headers: whole })).status).toBe(404)
  expect((await ledger.status()).frozen).toBeUndefined()
})

it('freezes with a reason, and thaws, and does no other write', async () => {
  const { dashboard, ledger } = await openDashboard()
  const { origin } = dashboard
  const { base, csrf } = await letIn(dashboard.link)
  const headers = { origin, 'content-type': 'application/json', 'x-csrf-token': csrf }
  const post = (path: string, body: string) => send(base + path, { method: 'POST', headers, body })
  for (const body of ['{}', '{"reason":" "}', `{"reason":"${'x'.repeat(201)}"}`, '{"reason":"\\ud800"}', 'x'])
    expect((await post('/api/freeze', body)).status).toBe(400)
  expect((await post('/api/freeze', '{"reason":"a key may be known"}')).status).toBe(200)
  expect((await ledger.status()).frozen).toMatchObject({ reason: 'a key may be known' })
  expect((await post('/api/thaw', '{}')).status).toBe(200)
  expect((await ledger.status()).frozen).toBeUndefined()
  expect((await post('/api/snapshot', '{}')).status).toBe(404)
  expect((await send(`${base}/api/freeze`, { method: 'PUT', headers, body: '{}' })).status).toBe(404)
})

it('sends every answer with the headers that keep other pages out, and keeps nothing in a cache', async () => {
  const { dashboard } = await openDashboard()
  const { link, origin } = dashboard
  const { base } = await letIn(link)
  for (const url of [
    dashboard.link,
    `${base}/`,
    `${base}/api/snapshot`,
    `${base}/nowhere`,
    `${origin}/`,
    `${origin}/nowhere`,
    `${origin}/assets/icon.svg`
  ]) {
    const { headers } = await send(url)
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/
      ),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer'
    })
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

/** A folder with a picture, and what else a disk has. */
function newFolder() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bursar-pictures-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const save = (name: string, bytes: Buffer): SavedFile => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  }
  return { folder, png, save }
}

it('shows a picture that was saved, and no link to it, no changed file, no other file and no path', async () => {
  const { folder, png, save } = newFolder()
  const good = save('good.png', png)
  const text = save('text.png', Buffer.from('<script>alert(1)</script>'))
  const changed = save('changed.png', png)
  writeFileSync(changed.path, Buffer.from(png).fill(1, 8))
  symlinkSync(good.path, join(folder, 'link.png'))
  mkdirSync(join(folder, 'real'))
  const deep = save('real/deep.png', png)
  symlinkSync(join(folder, 'real'), join(folder, 'way'))
  const files = [
    good,
    text,
    changed,
    { ...good, path: join(folder, 'link.png') },
    { ...deep, path: join(folder, 'way', 'deep.png') },
    { ...good, path: join(folder, 'gone.png') },
    { ...good, path: folder }
  ]
  const { dashboard } = await openDashboard({ files: async (job) => (job === 'a' ? files : []) })
  const { base } = await letIn(dashboard.link)
  const get = (path: string) => send(base + path)
  const shown = await get('/files?job=a&index=0')
  expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/png'])
  expect(shown.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
  for (const index of ['1', '2', '3', '4', '5', '6', '7', '-1', '0.5', '', 'x'])
    expect((await get(`/files?job=a&index=${index}`)).status, index).toBe(404)
  for (const path of [
    '/files?job=b&index=0',
    '/files?job=../a&index=0',
    '/files',
    '/files/../../etc/passwd',
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/main.js.map',
    '//etc/passwd',
    '/../api/snapshot'
  ])
    expect((await get(path)).status, path).toBe(404)
  expect((await send(`${dashboard.origin}//[`)).status).toBe(404)
  expect((await send(`${dashboard.origin}/assets/%2e%2e/package.json`)).status).toBe(404)
})

it('P52: sends no secret of the ledger, whatever is asked for', async () => {
  const clock = movableClock()
  const ledger = memoryLedger({ clock })
  await fillLedger(ledger, clock)
  const { dashboard } = await openDashboard({ ledger })
  const { base, csrf } = await letIn(dashboard.link)
  let sent = ''
  for (const path of ['/', '/api/snapshot', '/api/balances', '/nowhere', '/files?job=req_07f3a9c2e&index=0'])
    sent += (await send(base + path)).text
  sent += (await send(`${dashboard.origin}/assets/main.js`)).text
  expect(sent).toContain('kat.imgnai.com')
  for (const secret of [
    ...Object.values(secrets),
    new URL(base).pathname.slice(1),
    dashboard.link.split('=')[1] ?? ''
  ])
    expect(sent).not.toContain(secret)
  expect(sent.split(csrf)).toHaveLength(2)
})
