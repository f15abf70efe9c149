import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { newWebhookSecret } from '@bursar/webhook'
import { describe, expect, it, onTestFinished } from 'vitest'
import { otherRows, policyOf } from '../../test/policy-table.js'
import { newTerminal } from '../../test/terminal.js'
import { openWebhook } from '../notify/open-webhook.js'
import { serviceOptions } from '../proxy/service-options.js'
import { topUpRuleOf } from './top-up-rule.js'

/** A folder that has a policy, and its environment. */
function newHome(policy: object) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-reach-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  writeFileSync(join(home, 'policy.json'), JSON.stringify(policy), { mode: 0o600 })
  return { home, env: { BURSAR_HOME: home } }
}

/** Receives what is posted. */
async function newReceiver() {
  const posted: string[] = []
  const server = createServer(async (request, response) => {
    posted.push(await text(request))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, posted }
}

describe('P66: what of the policy no bursar is made from', () => {
  for (const service of ['katana', 'venice'] as const)
    it(`is the rule by which the balance at ${service} is topped up, in the proxy and in MCP`, () => {
      const rows = otherRows.filter(({ path: [group, name] }) => group === 'topUp' && name === service)
      const policy = policyOf(rows)
      const { topUp } = Object(serviceOptions({}, policy, { service }))
      expect(rows).toHaveLength(6)
      for (const rule of [topUpRuleOf(policy, service), topUp])
        expect({ topUp: { [service]: rule } }).toEqual(policy)
    })

  it('is for how long bursar prune keeps what is over', async () => {
    const { home } = newHome({ retention: { days: 90 } })
    const { bursar } = newTerminal({ env: { BURSAR_HOME: home } })
    expect((await bursar('history')).code).toBe(0)
    expect(await bursar('prune')).toMatchObject({ code: 0, out: expect.stringMatching(/^0 purchases/) })
    writeFileSync(join(home, 'policy.json'), '{}', { mode: 0o600 })
    expect(await bursar('prune')).toMatchObject({ code: 2 })
  })

  it('is where events are posted to, which of them, and what signs them', async () => {
    const { url, posted } = await newReceiver()
    const secretFile = join(tmpdir(), `bursar-secret-${process.pid}`)
    onTestFinished(() => rmSync(secretFile))
    writeFileSync(secretFile, newWebhookSecret(), { mode: 0o600 })
    const { env } = newHome({ notify: { url, secretFile, events: ['ledger.thawed'] } })
    const said: string[] = []
    const webhook = await openWebhook({ env, flagLayers: [], err: (line) => said.push(line) })
    for (const type of ['ledger.frozen', 'ledger.thawed'] as const)
      webhook?.notify({ type, id: type, atMs: 1, data: {} })
    await webhook?.close()
    expect([posted.length, said]).toEqual([1, []])
    expect(posted[0]).toContain('"ledger.thawed"')
  })
})
