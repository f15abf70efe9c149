import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { flatImage, seedreamEdit } from './images/flat-image.js'
import { geminiImage } from './images/gemini-image.js'
import { gptEdit } from './images/gpt-edit.js'
import { type MessageImage, messageImage } from './images/message-image.js'
import { type HappyHorseVideo, happyHorse } from './videos/happy-horse.js'
import { type SeedanceVideo, seedance } from './videos/seedance.js'
import { readMessageImages } from './wire/message-images.js'

const URL_OF_IMAGE = 'https://a.example/a.png'
const fieldsOf = (violations: readonly { readonly field: string }[]): string[] =>
  violations.map(({ field }) => field)

describe('each name of the page belongs to one family of images', () => {
  const families = { flatImage, geminiImage, messageImage }
  it.each([
    ['gpt-image-2', 'flatImage'],
    ['doubao-seedream-5-0-260128', 'flatImage'],
    ['dall-e-3', 'flatImage'],
    ['gemini-2.5-flash-image', 'geminiImage'],
    ['gemini-3.1-flash-image-preview', 'geminiImage'],
    ['wan2.6-image', 'messageImage'],
    ['wan2.6-t2i', 'messageImage'],
    ['qwen-image-max', 'messageImage'],
    ['claude-opus-4-6', undefined],
    ['gemini-2.5-pro', undefined],
    ['happyhorse-1.0-t2v', undefined]
  ])('%s: %s', (model, family) => {
    const found = Object.entries(families).filter(([, each]) => each.includes(model))
    expect(found.map(([name]) => name)).toEqual(family === undefined ? [] : [family])
  })

  it('and edits go to the families that take images', () => {
    expect([
      seedreamEdit.includes('doubao-seedream-5-0-260128'),
      seedreamEdit.includes('gpt-image-2')
    ]).toEqual([true, false])
    expect([gptEdit.includes('gpt-image-1.5'), gptEdit.includes('dall-e-2')]).toEqual([true, false])
  })
})

describe('images in messages', () => {
  const item = (more: Partial<MessageImage> = {}): MessageImage => ({
    model: 'wan2.6-image',
    prompt: 'A mug',
    ...more
  })

  it('Tokenhot 45 and 46: are asked for in input.messages, at a size with a star', async () => {
    expect(fieldsOf(messageImage.check(item({ size: '1024*1024' })))).toEqual([])
    expect(fieldsOf(messageImage.check(item({ size: '1024x1024' })))).toEqual(['size'])
    const { body } = messageImage.request(
      item({ images: [URL_OF_IMAGE], interleave: true, stream: false, n: 2 })
    )
    expect(body).toEqual({
      model: 'wan2.6-image',
      input: { messages: [{ role: 'user', content: [{ text: 'A mug' }, { image: URL_OF_IMAGE }] }] },
      parameters: { max_images: 2, enable_interleave: true, stream: false }
    })
  })

  it('are counted by n where the model is another, and one is made unless more are asked for', () => {
    const { body } = messageImage.request(item({ model: 'qwen-image-max', negativePrompt: 'blurry' }))
    expect(body).toMatchObject({ parameters: { n: 1, negative_prompt: 'blurry' } })
    expect(fieldsOf(messageImage.check(item({ n: 5, prompt: ' ' })))).toEqual(['prompt', 'n'])
  })

  const image = (field: string) => ({ type: 'image', [field]: URL_OF_IMAGE })
  it.each<[string, JsonObject]>([
    ['output', { output: [{ content: [{ type: 'text', text: 'Here it is' }, image('text')] }] }],
    ['choices', { output: { choices: [{ message: { content: [{ image: URL_OF_IMAGE }] } }] } }],
    [
      'events that repeat it',
      { events: [{ output: [{ content: [image('text')] }] }, { output: [{ content: [image('text')] }] }] }
    ],
    ['OpenAI’s data', { data: [{ url: URL_OF_IMAGE }] }]
  ])('Tokenhot 47 and 50: are read from %s', (_, answer) => {
    expect(readMessageImages(answer).map(({ url }) => url)).toEqual([URL_OF_IMAGE])
  })

  it('are none where the answer has none', () => {
    for (const answer of [
      {},
      { output: 'x' },
      { output: [{ content: [{ type: 'text', text: URL_OF_IMAGE }] }] }
    ])
      expect(readMessageImages(answer)).toEqual([])
  })
})

it('Gemini is called at its own path, and images go inline', () => {
  const images = ['data:image/png;base64,aGk=']
  const item = { model: 'gemini-2.5-flash-image', prompt: 'A mug', images, aspectRatio: '1:1' } as const
  expect(fieldsOf(geminiImage.check(item))).toEqual([])
  expect(geminiImage.request(item)).toEqual({
    apiPath: '/v1beta',
    path: '/models/gemini-2.5-flash-image:generateContent',
    body: {
      contents: [
        { role: 'user', parts: [{ text: 'A mug' }, { inlineData: { mimeType: 'image/png', data: 'aGk=' } }] }
      ],
      generationConfig: { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { aspectRatio: '1:1' } }
    }
  })
  expect(fieldsOf(geminiImage.check({ ...item, images: [URL_OF_IMAGE] }))).toEqual(['images[0]'])
  expect(fieldsOf(geminiImage.check({ ...item, images: Array(15).fill(images[0]) }))).toEqual(['images'])
})

it('flat images have a size with an x, and GPT Image edits at least one file', () => {
  expect(fieldsOf(flatImage.check({ model: 'dall-e-3', prompt: 'A mug', size: '1024*1024', n: 11 }))).toEqual(
    ['n', 'size']
  )
  const body = { model: 'dall-e-3', prompt: 'A mug', image: [URL_OF_IMAGE] }
  expect(flatImage.request({ model: 'dall-e-3', prompt: 'A mug', images: [URL_OF_IMAGE] }).body).toEqual(body)
  expect(fieldsOf(gptEdit.check({ model: 'gpt-image-2', prompt: 'A hat', images: [] }))).toEqual(['images'])
})

describe('a video of HappyHorse', () => {
  const item = (model: HappyHorseVideo['model'], more: Partial<HappyHorseVideo> = {}): HappyHorseVideo => ({
    model,
    prompt: 'A wave',
    ...more
  })

  it('begins with what its model begins with, and nothing else', () => {
    const frame = { firstFrame: URL_OF_IMAGE }
    const references = { references: [URL_OF_IMAGE] }
    expect(fieldsOf(happyHorse.check(item('happyhorse-1.0-t2v')))).toEqual([])
    expect(fieldsOf(happyHorse.check(item('happyhorse-1.0-t2v', { ...frame, ...references })))).toEqual([
      'firstFrame',
      'references'
    ])
    expect(fieldsOf(happyHorse.check(item('happyhorse-1.0-i2v')))).toEqual(['firstFrame'])
    expect(fieldsOf(happyHorse.check(item('happyhorse-1.0-i2v', frame)))).toEqual([])
    expect(fieldsOf(happyHorse.check(item('happyhorse-1.0-r2v')))).toEqual(['references'])
    const ten = { references: Array<string>(10).fill(URL_OF_IMAGE) }
    expect(fieldsOf(happyHorse.check(item('happyhorse-1.0-r2v', ten)))).toEqual(['references'])
  })

  it('has 3 to 15 seconds, and two sizes in capitals', () => {
    const wrong = { duration: 2, resolution: '720p' as '720P' }
    expect(fieldsOf(happyHorse.check(item('happyhorse-1.0-t2v', wrong)))).toEqual(['resolution', 'duration'])
    expect(happyHorse.request(item('happyhorse-1.0-t2v', { duration: 3 })).body).toEqual({
      model: 'happyhorse-1.0-t2v',
      input: { prompt: 'A wave' },
      parameters: { duration: 3 }
    })
  })
})

describe('a video of Seedance', () => {
  const item = (more: Partial<SeedanceVideo> = {}): SeedanceVideo => ({
    model: 'doubao-seedance-2.0',
    prompt: 'A wave',
    ...more
  })
  const of = (...roles: readonly ('first_frame' | 'last_frame' | 'reference_image')[]) => ({
    images: roles.map((role) => ({ url: URL_OF_IMAGE, role }))
  })

  it('Tokenhot 52: has frames or references, one of each frame', () => {
    expect(fieldsOf(seedance.check(item(of('first_frame', 'last_frame'))))).toEqual([])
    expect(fieldsOf(seedance.check(item(of('reference_image', 'reference_image'))))).toEqual([])
    expect(fieldsOf(seedance.check(item(of('last_frame', 'reference_image'))))).toEqual(['images'])
    expect(fieldsOf(seedance.check(item(of('first_frame', 'first_frame'))))).toEqual(['first_frame'])
  })

  it('is small where the model is fast', () => {
    const large = { resolution: '1080p' } as const
    expect(fieldsOf(seedance.check(item(large)))).toEqual([])
    expect(fieldsOf(seedance.check(item({ ...large, model: 'doubao-seedance-2.0-fast' })))).toEqual([
      'resolution'
    ])
    expect(fieldsOf(seedance.check(item({ duration: 3 })))).toEqual(['duration'])
  })

  it('is not one that is made from videos, whose requests nobody documents', () => {
    expect(seedance.includes('doubao-seedance-2.0-V2V')).toBe(false)
    expect(seedance.includes('doubao-seedance-1-5-pro-251215')).toBe(true)
  })
})
