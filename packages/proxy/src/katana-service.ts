import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isBursarError, type JsonObject } from '@bursar/core'
import type { Job } from '@bursar/generation/katana'
import { katanaCatalogue } from '@bursar/generation/katana'
import { ProxyProblem } from '@bursar/local-server'
import type { Bursar, PaidKatana } from 'bursar'
import type { Picture, PictureRequest, ProxyService, ServiceCall } from './service.js'

/** imgnAI Katana. Its text does not stream when it is paid by x402, so that it is had whole. */
export function katanaService(bursar: Pick<Bursar, 'history'>, katana: PaidKatana): ProxyService {
  const billing = 'direct'
  return {
    name: 'katana',
    async models() {
      const { texts, images } = katanaCatalogue
      return [...texts, ...images].map(({ name }) => name)
    },
    async complete(body, { signal, ...call }) {
      const model = String(body.model ?? '')
      const options = { billing, signal, fetchOptions: fetchOptionsOf(call, model) } as const
      // The body is judged by the client before anything is paid.
      const asked = { ...body, model } as Parameters<typeof katana.chat.completions.create>[0]
      return (await katana.chat.completions.create({ ...asked, stream: false }, options)) as JsonObject
    },
    async pictures(request, { signal, ...call }) {
      const { model, prompt, count } = request
      const item = { model, prompt, aspectRatio: aspectRatioOf(request) }
      const items = Array.from({ length: count }, () => item) as Parameters<typeof katana.images.generate>[0]
      const options = { billing, signal, fetchOptions: fetchOptionsOf(call, model) } as const
      try {
        return await picturesOf(await katana.images.generate(items, options))
      } catch (error) {
        // It was bought under this name before: the ledger has its job.
        const job = isBursarError(error, 'purchase/already-settled') && (await jobOf(bursar, call.purchase))
        if (!job) throw error
        return picturesOf(katana.jobs.resume(job, { billing }))
      }
    },
    native: () => undefined
  }
}

function fetchOptionsOf({ labels, purchase }: Omit<ServiceCall, 'signal'>, model: string) {
  const about = { ...labels, service: 'katana', model }
  // What one agent has paid for is not another's.
  const tenant = `proxy ${labels.agent}`
  return { bursar: { labels: about, tenant, ...(purchase === undefined ? {} : { purchase }) } }
}

const MONTH_MS = 30 * 86_400_000

async function jobOf(
  bursar: Pick<Bursar, 'history'>,
  purchase: string | undefined
): Promise<string | undefined> {
  for await (const { name, job } of bursar.history({ fromMs: Date.now() - MONTH_MS }))
    if (name === purchase) return job
  return undefined
}

/** What is read of all pictures of one job. */
const MAX_BYTES = 64 * 1024 * 1024
const DOWNLOAD_MS = 300_000

/** Waits for a job that is paid for. @throws {ProxyProblem} with its id, by which it can be had all the same. */
export async function picturesOf(job: Job): Promise<readonly Picture[]> {
  const paid = <Value>(run: Promise<Value>): Promise<Value> =>
    run.catch((error: unknown) => {
      const why = error instanceof Error ? error.message : 'it failed'
      const message = `Job ${job.requestId} is paid for, and ${why}. bursar jobs resume ${job.requestId} saves what it made`
      throw new ProxyProblem(502, 'picture_failed', message, 'settled')
    })
  const { assets } = await paid(job.result())
  let all: Promise<readonly Uint8Array[]> | undefined
  const bytesOfAll = (): Promise<readonly Uint8Array[]> => (all ??= paid(download(job)))
  return assets.map(({ url = '' }, index) => ({
    url,
    bytes: async () => (await bytesOfAll())[index] ?? new Uint8Array()
  }))
}

async function download(job: Job): Promise<readonly Uint8Array[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bursar-picture-'))
  try {
    const saved = await job.save(folder, { maxBytes: MAX_BYTES, signal: AbortSignal.timeout(DOWNLOAD_MS) })
    return await Promise.all(saved.map(({ path }) => readFile(path)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The ratio of a size, in its lowest terms; a square without one. */
function aspectRatioOf({ size = '1x1' }: PictureRequest): string {
  if (size === 'auto') return '1:1'
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(size) ?? []
  const [wide, high] = [Number(width), Number(height)]
  if (!(wide > 0 && high > 0)) throw new ProxyProblem(400, 'invalid_size', 'size is such as 1024x1024')
  const common = greatestCommonDivisor(wide, high)
  return `${wide / common}:${high / common}`
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
