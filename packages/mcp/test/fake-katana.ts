import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { atomicUsdc, BASE, BursarError } from '@bursar/core'
import type { ChatUsage, Job, JobState } from '@bursar/generation/katana'
import type { ToolKatana } from '../src/context.js'

/** The requests that a fake service received. */
export interface FakeKatana extends ToolKatana {
  readonly requests: { readonly kind: string; readonly request: unknown; readonly options: unknown }[]
}

/** How a fake service behaves. */
export interface FakeKatanaOptions {
  /** The state of its jobs. */
  readonly status?: 'completed' | 'processing' | 'failed'
  /** Fails instead of taking a request. */
  readonly rejects?: Error
  /** What the prepaid balance holds. Default: 0. `1_000_000n = 1 USDC` */
  readonly balance?: bigint
  /** What the service says of a text beside it. */
  readonly usage?: ChatUsage
}

/** A service without a network: its jobs make one small file each. */
export function fakeKatana(options: FakeKatanaOptions = {}): FakeKatana {
  const { status = 'completed', rejects, balance = 0n, usage } = options
  const requests: FakeKatana['requests'] = []
  const submit = async (kind: string, request: unknown, options: unknown): Promise<Job> => {
    requests.push({ kind, request, options })
    if (rejects) throw rejects
    return fakeJob('job-1', status)
  }
  const create: ToolKatana['chat']['completions']['create'] = async (request, options) => {
    requests.push({ kind: 'text', request, options })
    if (rejects) throw rejects
    const choices = [{ message: { role: 'assistant', content: 'four' }, finish_reason: 'stop' }]
    return { choices, ...(usage ? { usage } : {}) }
  }
  return {
    requests,
    images: { generate: (items, options) => submit('image', items, options) },
    videos: {
      generate: (items, options) => submit('video', items, options),
      extend: (video, item, options) => submit('extend', { video, item }, options)
    },
    chat: { completions: { create } },
    balance: {
      service: 'katana',
      origin: 'https://kat.imgnai.com',
      network: BASE,
      address: async () => '0xcc',
      balance: async () => atomicUsdc(balance),
      async topUp(amount) {
        requests.push({ kind: 'top-up', request: amount, options: undefined })
        const usdc = String(amount)
        return { wallet: '0xcc', network: BASE, credited: usdc, paid: usdc, balance: usdc }
      },
      isTopUp: () => false,
      isCreditOf: () => false,
      async *transactions() {}
    },
    jobs: { resume: (id) => fakeJob(id, status) }
  }
}

function fakeJob(requestId: string, status: string): Job {
  const state: JobState = { requestId, status, isDone: status !== 'processing', items: [] }
  const result = async () => {
    if (status === 'failed') throw jobFailed(requestId)
    return status === 'completed'
      ? { ...state, assets: [], failures: [] }
      : await new Promise<never>(() => {})
  }
  return {
    requestId,
    state,
    result,
    async save(folder) {
      const path = join(String(folder), `${requestId}.png`)
      await mkdir(String(folder), { recursive: true })
      await writeFile(path, 'an image')
      const asset = { item: 0, index: 0, kind: 'image', tags: [] }
      return [{ asset, path, bytes: 8, sha256: '', kept: false }]
    },
    async *[Symbol.asyncIterator]() {
      yield state
    }
  }
}

function jobFailed(requestId: string): BursarError {
  return new BursarError('job/failed', {
    message: `Job ${requestId} failed.`,
    context: { requestId, items: [] },
    moneyState: 'settled'
  })
}
