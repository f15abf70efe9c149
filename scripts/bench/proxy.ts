import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { median } from './measure.js'
import { BENCH_TOKEN, type BenchProcess, startProcess } from './proxy-processes.js'
import type { BenchRow } from './row.js'
import { startServer } from './start-server.js'

/** About two thousand characters, as a turn of a chat has. */
const chatBody = {
  model: 'qwen3-6-flash',
  max_tokens: 256,
  messages: [{ role: 'user', content: 'some words '.repeat(180) }]
}
/** As large as what agents send, which have their tools with them. */
const agentBody = {
  ...chatBody,
  stream: true,
  messages: [{ role: 'user', content: `hold ${'some words '.repeat(7000)}` }]
}
const STREAMS = 200
/** What the proxy may add: so much time beside the library, and so much memory for the streams. */
const LIMITS = { addedMs: 1.5, megabytes: 200 }

/**
 * What the proxy adds to a paid text that a program with the library would buy itself: both in processes of their own, in turns,
 * of the same server. Beside them, the least that a server in front of the library can be, since a second HTTP exchange costs
 * its share whatever it does. And what the proxy needs to hold many streams at once.
 */
export async function benchProxy(quick: boolean): Promise<BenchRow[]> {
  const server = await startServer()
  const library = await startProcess('library', server.origin, chatBody)
  const proxy = await startProcess('proxy', server.origin, chatBody)
  const bare = await startProcess('server', server.origin, chatBody)
  const agent = new Agent({ keepAlive: true })
  try {
    const rows = await benchCalls({ library, proxy, bare, agent }, quick)
    return [...rows, await benchStreams(proxy, agent, server.origin)]
  } finally {
    agent.destroy()
    for (const each of [library, proxy, bare, server]) each.stop()
  }
}

interface Contest {
  readonly library: BenchProcess
  readonly proxy: BenchProcess
  readonly bare: BenchProcess
  readonly agent: Agent
}

async function benchCalls(contest: Contest, quick: boolean): Promise<readonly BenchRow[]> {
  const [calls, rounds, warmUp] = quick ? [200, 5, 2_000] : [400, 15, 4_000]
  const { library, proxy, bare, agent } = contest
  const clients = [
    (count: number) => measure(library, async () => (await library.ask(count)).tookMs),
    (count: number) => measure(proxy, () => callServer(proxy.url, agent, count)),
    (count: number) => measure(bare, () => callServer(bare.url, agent, count))
  ]
  for (const client of clients) await client(warmUp)
  const found: Figures[][] = clients.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, client] of clients.entries()) found[index]?.push(await client(calls))
  }
  const row = (bench: string, unit: string, figure: keyof Figures): BenchRow => {
    const [theirs = [], ours = [], floor = []] = found.map((each) => each.map((figures) => figures[figure]))
    return { ...compared({ bench, unit, ours, theirs }), floor: median(floor) }
  }
  const latency = row('proxy/latency/c1', 'ms', 'latencyMs')
  const added = latency.ours - latency.theirs
  const limit = { peer: 'the limit', theirs: LIMITS.addedMs, ratio: added / LIMITS.addedMs }
  return [
    latency,
    { bench: 'proxy/added-latency/c1', unit: 'ms', ours: added, ...limit },
    row('proxy/cpu-per-call/c1', 'us', 'cpuMicros')
  ]
}

function compared({
  ours,
  theirs,
  ...row
}: Pick<BenchRow, 'bench' | 'unit'> & Record<'ours' | 'theirs', number[]>): BenchRow {
  const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN))
  return { ...row, peer: 'the library', ours: median(ours), theirs: median(theirs), ratio: median(ratios) }
}

/** Of one round, for a call. */
interface Figures {
  readonly latencyMs: number
  /** Of the process that pays. */
  readonly cpuMicros: number
}

async function measure(process: BenchProcess, play: () => Promise<readonly number[]>): Promise<Figures> {
  const before = await process.ask(0)
  const tookMs = await play()
  const after = await process.ask(0)
  return { latencyMs: median(tookMs), cpuMicros: (after.cpuMicros - before.cpuMicros) / tookMs.length }
}

async function callServer(url: string, agent: Agent, calls: number): Promise<readonly number[]> {
  const tookMs: number[] = []
  for (let left = calls; left > 0; left--) {
    const startedMs = performance.now()
    await post(url, agent, JSON.stringify(chatBody))
    tookMs.push(performance.now() - startedMs)
  }
  return tookMs
}

/** Holds many streams at once, each of a request of its own, and reads what memory that takes. */
async function benchStreams(proxy: BenchProcess, agent: Agent, origin: string): Promise<BenchRow> {
  const bodies = Array.from({ length: STREAMS }, (_, user) =>
    JSON.stringify({ ...agentBody, user: String(user) })
  )
  const streams = Promise.all(bodies.map((body) => post(proxy.url, agent, body)))
  let held = 0
  while (held < STREAMS) {
    await Promise.race([sleep(20), streams.then(() => assertHeld(held))])
    held = Number(await (await fetch(`${origin}/held-chats`)).text())
  }
  const { residentBytes } = await proxy.ask(0)
  await fetch(`${origin}/release-chats`)
  await streams
  const ours = residentBytes / 1_000_000
  const limit = { peer: 'the limit', theirs: LIMITS.megabytes, ratio: ours / LIMITS.megabytes }
  return { bench: `proxy/${STREAMS}-streams/memory`, unit: 'MB', ours, ...limit }
}

function assertHeld(held: number): never {
  throw new Error(`Only ${held} of ${STREAMS} streams were held`)
}

/** Asks for a text and reads the whole answer. @throws {Error} when it is none. */
function post(url: string, agent: Agent, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${BENCH_TOKEN}` }
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/v1/chat/completions`, { method: 'POST', agent, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}
