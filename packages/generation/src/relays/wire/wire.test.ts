import { parseUsdc } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { videoTask } from '../tokenhub/video-task.js'
import { readBalance } from './balance.js'
import { readImagesData, readMarkdownImages, readPartImages } from './image-answers.js'
import { readModels } from './models.js'
import { openAiVideoTask, taskDto } from './new-api-tasks.js'
import { readPricing } from './pricing.js'
import { wholeQuota } from './quota.js'
import { isTaskId, taskIdOf } from './task.js'

const URL_OF_VIDEO = 'https://a.example/a.mp4'

describe('a task of a relay', () => {
  const readers = { openAiVideoTask, taskDto, videoTask }
  it.each([
    ['openAiVideoTask', { status: 'completed', metadata: { url: URL_OF_VIDEO } }],
    ['taskDto', { code: 'success', data: { status: 'SUCCESS', result_url: URL_OF_VIDEO, progress: '100%' } }],
    ['videoTask', { status: 'succeeded', data: [{ video_url: URL_OF_VIDEO }] }]
  ] as const)('OpenClaw 26 and 28, Tokenhot 53, TokenHub 59: by %s ends with its video', (name, answer) => {
    expect(readers[name].read(answer, 'task_1')).toMatchObject({
      requestId: 'task_1',
      status: 'completed',
      isDone: true,
      items: [{ assets: [{ kind: 'video', mimeType: 'video/mp4', url: URL_OF_VIDEO }] }]
    })
  })

  it.each([
    [
      'openAiVideoTask',
      { status: 'failed', error: { code: 'bad', message: 'No' }, metadata: { url: 'No' } },
      'bad'
    ],
    ['taskDto', { data: { status: 'FAILURE', fail_reason: 'No', result_url: URL_OF_VIDEO } }, undefined],
    ['videoTask', { status: 'failed', error: { code: 'bad', message: 'No' } }, 'bad']
  ] as const)(
    'OpenClaw 26 and 29, Tokenhot 53: by %s fails with its reason, and has no video',
    (name, answer, code) => {
      const state = readers[name].read(answer, 'task_1')
      expect(state).toMatchObject({
        isDone: true,
        items: [{ assets: [], failure: { item: 0, status: 'failed', reason: 'No' } }]
      })
      expect(state?.items[0]?.failure?.serviceCode).toBe(code)
    }
  )

  it.each(['queued', 'in_progress', 'unknown', 'a word of tomorrow'])(
    'OpenClaw 27: is pending while it is %s, and asked after in ten seconds',
    (status) => {
      for (const answer of [openAiVideoTask.read({ status }, 'x'), taskDto.read({ data: { status } }, 'x')])
        expect(answer).toMatchObject({ isDone: false, pollAfterSeconds: 10, items: [{ assets: [] }] })
    }
  )

  it('is none where the answer has no state', () => {
    for (const reader of Object.values(readers)) expect(reader.read({ message: 'no' }, 'x')).toBeUndefined()
  })

  it('OpenClaw 44, TokenHub 59: has an id that fits into a URL and a file name', () => {
    expect(taskIdOf({ id: 'tsk-1', task_id: 'task_2' })).toBe('tsk-1')
    expect(taskIdOf({ id: 7, task_id: 'task_2' })).toBe('task_2')
    for (const id of ['../x', 'a/b', '', 'x'.repeat(129), 'a b', 7, null]) expect(isTaskId(id)).toBe(false)
    expect(taskIdOf({})).toBeUndefined()
  })
})

describe('images in the answer of a relay', () => {
  it('OpenClaw 14: are URLs or base64', () => {
    const data = [{ url: 'https://a.example/a.png' }, { b64_json: 'aGk=' }, { b64_json: 'no base64!' }, {}]
    expect(readImagesData({ data }, 'image/webp')).toEqual([
      { url: 'https://a.example/a.png' },
      { url: 'data:image/webp;base64,aGk=', mimeType: 'image/webp' }
    ])
  })

  it('OpenClaw 23: are markdown in the text of a chat, each of them', () => {
    const content =
      'Here: ![image](https://a.example/1.png) and ![two](https://a.example/2.png), [link](https://x)'
    expect(readMarkdownImages({ choices: [{ message: { content } }] }).map(({ url }) => url)).toEqual([
      'https://a.example/1.png',
      'https://a.example/2.png'
    ])
  })

  it('OpenClaw 24: are parts of a chat’s content', () => {
    const content = [{ image: 'https://a.example/1.png' }, { text: 'x' }, { image: '' }]
    expect(readPartImages({ choices: [{ message: { content } }] })).toEqual([
      { url: 'https://a.example/1.png' }
    ])
  })

  it('are none in what is of another shape', () => {
    for (const read of [readImagesData, readMarkdownImages, readPartImages])
      for (const answer of [{}, { data: 'x' }, { choices: [7] }, { choices: [{ message: { content: 7 } }] }])
        expect(read(answer)).toEqual([])
  })
})

describe('prices, quota and balances', () => {
  const model = (more: object) => ({ model_name: 'm', quota_type: 0, ...more })

  it('OpenClaw 41: are ratios of two dollars a million tokens, or dollars a call', () => {
    const data = [
      model({ model_ratio: 0.26, completion_ratio: 5, cache_ratio: 0.1 }),
      { model_name: 'c', quota_type: 1, model_price: 0.027 }
    ]
    const prices = readPricing({ data })
    expect(prices.get('m')).toEqual({
      unit: 'token',
      input: parseUsdc('0.52'),
      output: parseUsdc('2.60'),
      cacheRead: parseUsdc('0.052'),
      cacheWrite: parseUsdc('0.65')
    })
    expect(prices.get('c')).toEqual({ unit: 'call', each: parseUsdc('0.027') })
  })

  it('are multiplied by the ratio of the account’s group', () => {
    const answer = { data: [model({ model_ratio: 1 })], group_ratio: { default: 1, vip: 0.5 } }
    expect(readPricing(answer).get('m')).toMatchObject({ input: parseUsdc('2') })
    expect(readPricing(answer, 'vip').get('m')).toMatchObject({ input: parseUsdc('1') })
  })

  it('are rounded up, so that floating point makes nothing cheaper', () => {
    const prices = readPricing({ data: [model({ model_ratio: 0.1 + 0.2, completion_ratio: 1 / 3 })] })
    expect(prices.get('m')).toMatchObject({ input: 600_000n, output: 200_000n })
    const third = readPricing({ data: [{ model_name: 'c', quota_type: 1, model_price: 1 / 3 }] })
    expect(third.get('c')).toMatchObject({ each: 333_334n })
  })

  it('are not known of a model with the ratio that means none, nor without a name', () => {
    const data = [model({ model_ratio: 37.5 }), model({}), { quota_type: 1, model_price: 1 }, 'x']
    expect(readPricing({ data }).size).toBe(0)
    expect(readPricing({}).size).toBe(0)
  })

  it('OpenClaw 5: are whole units of quota, of which half a million are a dollar', () => {
    expect([0n, 1n, 2n, 3n].map((cost) => wholeQuota(cost as never))).toEqual([0n, 2n, 2n, 4n])
  })

  it('OpenClaw 42: what is left is the limit less the cents that were used, and unknown where there is no limit', () => {
    expect(readBalance({ hard_limit_usd: 1.5 }, { total_usage: 25 })).toEqual({
      usedUsd: '0.250000',
      remainingUsd: '1.250000'
    })
    expect(readBalance({ hard_limit_usd: 1 }, { total_usage: 500 })).toMatchObject({
      remainingUsd: '0.000000'
    })
    expect(readBalance({ hard_limit_usd: 100_000_000 }, { total_usage: 25 })).toEqual({ usedUsd: '0.250000' })
    expect(readBalance({}, { total_usage: 25 })).toBeUndefined()
    expect(readBalance({ hard_limit_usd: 1 }, { total_usage: '25' })).toBeUndefined()
  })

  it('names of models are read where there is a list', () => {
    expect(readModels({ data: [{ id: 'a' }, {}, { id: 7 }, { id: 'b' }] })).toEqual(['a', 'b'])
    expect(readModels({})).toBeUndefined()
  })
})
