import { BursarError, type ErrorCode, type MoneyState, type Purchase } from '@bursar/core'
import type { BillingPath, GenerateOptions, Job } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import { describe, expect, it } from 'vitest'
import { isOver, submitOnce } from './buy-once.js'
import type { PendingJob } from './pending-job.js'

const pending: PendingJob = {
  purchase: 'image 1',
  verb: 'image',
  model: 'gen',
  prompt: 'A mug',
  startedAtMs: 0,
  pid: 1
}

function failure(code: ErrorCode, context: object = {}, moneyState: MoneyState = 'none'): BursarError {
  return Reflect.construct(BursarError, [code, { message: 'It failed.', context, moneyState }])
}

/** A job that a command is at, a service that fails or takes it, and what the record has of it. */
function situation({
  job,
  bought,
  error,
  isResumed = job !== undefined,
  billing = 'direct',
  find = async () => bought
}: {
  job?: string
  bought?: Partial<Purchase>
  error?: Error
  isResumed?: boolean
  billing?: BillingPath
  find?: () => Promise<Partial<Purchase> | undefined>
}) {
  const log: string[] = []
  const resume = (id: string) => {
    log.push(`resumed ${id}`)
    return { requestId: id } as Job
  }
  const katana = { jobs: { resume } } as unknown as Katana
  const bursar = { find } as unknown as Bursar
  const submit = async (call: GenerateOptions): Promise<Job> => {
    log.push(`submitted ${JSON.stringify(call.fetchOptions)}`)
    if (error) throw error
    return { requestId: 'new' } as Job
  }
  const open = {
    pending: { ...pending, ...(job === undefined ? {} : { job }) },
    isResumed,
    keepJob: (id: string) => void log.push(`kept ${id}`),
    forget: () => void log.push('forgot'),
    close: () => {}
  }
  return { log, submitted: () => submitOnce(bursar, katana, { open, billing, submit }) }
}

const submitted =
  'submitted {"bursar":{"purchase":"image 1","labels":{"service":"katana","model":"gen","verb":"image"}}}'

describe('a job that a command buys', () => {
  it('and that failed says what became of its money also where the record cannot be asked, and is kept', async () => {
    const error = failure('payment/outcome-unknown', {}, 'unknown')
    const find = () => Promise.reject(failure('ledger/unavailable'))
    const { log, submitted: submit } = situation({ error, find })
    await expect(submit()).rejects.toBe(error)
    expect(log).toEqual([submitted])
  })

  it('is submitted under the name of its purchase, and its id kept', async () => {
    const { log, submitted: submit } = situation({})
    expect(await submit()).toMatchObject({ requestId: 'new' })
    expect(log).toEqual([submitted, 'kept new'])
  })

  it('that was submitted before is resumed, and nothing is bought', async () => {
    const { log, submitted: submit } = situation({ job: 'old' })
    expect(await submit()).toMatchObject({ requestId: 'old' })
    expect(log).toEqual(['resumed old'])
  })

  it.each(['wallet', 'key'] as const)(
    'S22: that was cut off while %s was billed is not sent again, until the command is run once more',
    async (billing) => {
      const { log, submitted: submit } = situation({ isResumed: true, billing })
      await expect(submit()).rejects.toThrow('may have been charged: see bursar history')
      expect(log).toEqual(['forgot'])
    }
  )

  it.each<[MoneyState, ErrorCode, readonly string[]]>([
    ['none', 'service/unreachable', ['forgot']],
    ['reserved', 'service/unreachable', ['forgot']],
    ['settled', 'balance/insufficient', ['forgot']],
    ['unknown', 'service/unreachable', []],
    ['settled', 'service/unreachable', []]
  ])(
    'billed to a balance is forgotten where nothing was charged: money %s, %s',
    async (state, code, then) => {
      const error = failure(code, {}, state)
      const { log, submitted: submit } = situation({ error, billing: 'wallet' })
      await expect(submit()).rejects.toBe(error)
      expect(log).toEqual([submitted, ...then])
    }
  )

  it('billed to a balance is not forgotten for an error that says nothing of the money', async () => {
    const error = new TypeError('x')
    const { log, submitted: submit } = situation({ error, billing: 'wallet' })
    await expect(submit()).rejects.toBe(error)
    expect(log).toEqual([submitted])
  })

  it('whose id the record alone has is resumed from there', async () => {
    const error = failure('purchase/already-settled')
    const { log, submitted: submit } = situation({
      error,
      bought: { state: 'settled', job: 'in the record' }
    })
    expect(await submit()).toMatchObject({ requestId: 'in the record' })
    expect(log).toEqual([submitted, 'resumed in the record'])
  })

  it.each<[string, Error, Partial<Purchase> | undefined, readonly string[]]>([
    ['was never reserved', failure('offer/over-limit'), undefined, ['forgot']],
    ['was released', failure('signer/failed'), { state: 'released' }, ['forgot']],
    ['is dead', failure('payment/expired'), { state: 'dead' }, ['forgot']],
    ['was answered without an id', failure('purchase/already-settled'), { state: 'settled' }, ['forgot']],
    ['is signed', failure('ledger/unavailable', {}, 'signed'), { state: 'signed' }, []],
    ['is sent', failure('payment/outcome-unknown', {}, 'unknown'), { state: 'sent' }, []],
    ['settled', failure('payment/settled-answer-lost', {}, 'settled'), { state: 'settled' }, []],
    ['is sent, and failed by a fault of ours', new TypeError('x'), { state: 'sent' }, []]
  ])('whose purchase %s is %o: the next run knows what to do', async (_, error, bought, then) => {
    const { log, submitted: submit } = situation({ error, ...(bought ? { bought } : {}) })
    await expect(submit()).rejects.toBe(error)
    expect(log).toEqual([submitted, ...then])
  })
})

it.each<[BursarError | TypeError, boolean]>([
  [failure('job/failed'), true],
  [failure('job/rejected'), true],
  [failure('asset/expired'), true],
  [failure('service/refused', { status: 404 }), true],
  [failure('service/refused', { status: 410 }), true],
  [failure('service/refused', { status: 500 }), false],
  [failure('service/unreachable'), false],
  [failure('job/timeout'), false],
  [new TypeError('x'), false]
])('%# a job after %o is over: %s', (error, expected) => {
  expect(isOver(error)).toBe(expected)
})
