/**
 * A process beside the benchmark's: a proxy, a program that calls the library itself, or the least that a server in front of
 * the library can be. Tells when it is ready and, asked for calls, makes so many. Each message says what CPU and memory it has
 * used by then.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { startProxy } from '@bursar/proxy'
import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'

const { role, origin, evm, token, body } = JSON.parse(process.argv[2])
const options = { evm, limits: { payment: '0.05', day: '1000000' }, ledger: 'memory' }
const { url, call } = await { proxy, library, server: bareServer }[role]()

/** @param {readonly number[]} tookMs */
function report(tookMs) {
  const { user, system } = process.cpuUsage()
  process.send({ url, cpuMicros: user + system, residentBytes: process.memoryUsage.rss(), tookMs })
}

process.on('disconnect', () => process.exit())
process.on('message', async ({ calls }) => {
  const tookMs = []
  for (let left = calls; left > 0; left--) {
    const startedMs = performance.now()
    await call()
    tookMs.push(performance.now() - startedMs)
  }
  report(tookMs)
})
report([])

async function proxy() {
  const service = { name: 'katana', baseUrl: origin, billing: 'direct' }
  return startProxy({ ...options, service, agents: [{ name: 'bench', token }], port: 0 })
}

function library() {
  const katana = createKatana(createBursar(options), { baseUrl: origin })
  return { url: origin, call: () => katana.chat.completions.create(body, { billing: 'direct' }) }
}

/** No tokens, no limits on bodies, no translation, no log, no costs told, nothing kept. */
async function bareServer() {
  const katana = createKatana(createBursar(options), { baseUrl: origin })
  // As the proxy has it: within Node's five seconds, the others may be measured.
  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const answer = await katana.chat.completions.create(await json(request), { billing: 'direct' })
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { url: `http://127.0.0.1:${server.address().port}` }
}
