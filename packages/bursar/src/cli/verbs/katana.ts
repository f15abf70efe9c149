import { BASE, formatUsdc, type NetworkId, parseUsdc, SOLANA_MAINNET } from '@bursar/core'
import type { Bursar } from '../../create-bursar.js'
import { openAccounts } from '../accounts.js'
import type { Io } from '../io.js'
import { limitsFor } from '../limits-file.js'

/** Where a service is, when it is not at its own address. */
interface Place {
  readonly url?: string
}

/** Where that is, as options: by `--url`, else by the environment, else its own address. */
function placeOf({ env }: Io, service: 'katana' | 'venice', url: string | undefined) {
  const baseUrl = url ?? env[service === 'katana' ? 'KATANA_URL' : 'VENICE_URL']
  return baseUrl === undefined ? {} : { baseUrl }
}

/** What `topup` is asked. */
export interface TopUpOptions extends Place {
  readonly service: string
  readonly network?: string
  readonly maxAmount?: string
  readonly json?: boolean
}

/** Puts USDC on the prepaid balance at a service. */
export async function topUp(io: Io, amount: string, options: TopUpOptions): Promise<void> {
  parseUsdc(amount)
  await withBursar(io, options.maxAmount, async (bursar) => {
    const balance = await balanceAt(io, bursar, options)
    const { credited, wallet } = await balance.topUp(amount)
    const left = await balance.balance()
    const usdc = formatUsdc(left)
    if (options.json) return io.out(`${JSON.stringify({ credited, wallet, balance: usdc })}\n`)
    io.out(`${credited} USDC credited; the balance is ${usdc} USDC.\n`)
  })
}

/** @throws {TypeError} */
async function balanceAt(io: Io, bursar: Bursar, { service, network, url }: TopUpOptions) {
  if (service !== 'katana' && service !== 'venice') throw new TypeError('--service is katana or venice')
  const place = placeOf(io, service, url)
  if (service === 'venice') return (await bursar.venice(place)).balance
  const on = network === undefined ? {} : { network: networkOf(network) }
  return (await bursar.katana({ ...place, ...on })).balance
}

function networkOf(name: string): NetworkId {
  if (name === 'base') return BASE
  if (name === 'solana') return SOLANA_MAINNET
  throw new TypeError('--network is base or solana')
}

/** What `image` is asked. */
export interface ImageOptions extends Place {
  readonly model: string
  readonly aspectRatio: string
  readonly output: string
  readonly maxAmount?: string
  readonly json?: boolean
}

/** Has a picture made by Katana, and saves it. */
export async function image(io: Io, prompt: string, options: ImageOptions): Promise<void> {
  await withBursar(io, options.maxAmount, async (bursar) => {
    const katana = await bursar.katana({
      ...placeOf(io, 'katana', options.url),
      billing: 'direct'
    })
    const item = { model: options.model, prompt, aspectRatio: options.aspectRatio }
    const job = await katana.images.generate(item as Parameters<typeof katana.images.generate>[0])
    io.tell(`Job ${job.requestId} is paid for; waiting.\n`)
    for await (const { status } of job) io.tell(`${status}\n`)
    const saved = await job.save(options.output)
    const files = saved.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }))
    io.out(
      options.json
        ? `${JSON.stringify({ job: job.requestId, files })}\n`
        : files.map(({ path }) => `${path}\n`).join('')
    )
  })
}

/** Takes a job of Katana's up, whoever began it, and saves what it made. */
export async function resumeJob(
  io: Io,
  id: string,
  { url, output }: Place & { readonly output: string }
): Promise<void> {
  const { createKatana } = await import('@bursar/generation')
  const katana = createKatana(placeOf(io, 'katana', url))
  const saved = await katana.jobs.resume(id, { billing: 'direct' }).save(output, { existing: 'keep' })
  io.out(saved.map(({ path }) => `${path}\n`).join(''))
}

async function withBursar(
  io: Io,
  maxAmount: string | undefined,
  use: (bursar: Bursar) => Promise<void>
): Promise<void> {
  const bursar = await openAccounts(io, limitsFor(io.env, maxAmount))
  try {
    await use(bursar)
  } finally {
    await bursar.close()
  }
}
