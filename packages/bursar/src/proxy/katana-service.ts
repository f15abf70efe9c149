import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '@bursar/core'
import type { Job } from '@bursar/generation'
import { katanaCatalogue } from '@bursar/generation'
import type { PaidKatana } from '../katana.js'
import { ProxyProblem } from './problem.js'
import type { Picture, PictureRequest, ProxyService, ServiceCall } from './service.js'

/** imgnAI Katana. Its text does not stream when it is paid by x402, so that it is had whole. */
export function katanaService(katana: PaidKatana): ProxyService {
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
      return picturesOf(await katana.images.generate(items, options))
    },
    native: () => undefined
  }
}

function fetchOptionsOf({ labels, purchase }: Omit<ServiceCall, 'signal'>, model: string) {
  const about = { ...labels, service: 'katana', model }
  return { bursar: { labels: about, ...(purchase === undefined ? {} : { purchase }) } }
}

/** @throws {BursarError} `job/*`, `service/*` */
export async function picturesOf(job: Job): Promise<readonly Picture[]> {
  const { assets } = await job.result()
  return assets.map(({ url = '' }, index) => ({
    url,
    async bytes() {
      const folder = await mkdtemp(join(tmpdir(), 'bursar-picture-'))
      try {
        const saved = await job.save(folder)
        const path = saved[index]?.path
        if (path === undefined) throw new ProxyProblem(502, 'asset_missing', 'The picture is gone', 'settled')
        return await readFile(path)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }
  }))
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
