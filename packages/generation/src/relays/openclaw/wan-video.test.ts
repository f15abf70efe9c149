import type { RequestViolation } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { type WanVideo, wanVideo } from './wan-video.js'

const item = (more: Partial<WanVideo> = {}): WanVideo => ({
  model: 'wan2.6-t2v',
  prompt: 'A cat runs',
  ...more
})
const fromImage = (more: Partial<WanVideo> = {}): WanVideo =>
  item({ model: 'wan2.6-i2v-flash', firstFrame: 'https://a.example/a.png', ...more })
const fieldsOf = (video: WanVideo): string[] =>
  wanVideo.check(video).map(({ field }: RequestViolation) => field)

describe('a video of Wan', () => {
  it.each<[string, Partial<WanVideo>]>([
    ['a prompt of 1500 characters', { prompt: '猫'.repeat(1500) }],
    ['a negative prompt of 500', { negativePrompt: '猫'.repeat(500) }],
    ['the least seed', { seed: 0 }],
    ['the greatest seed', { seed: 2_147_483_647 }],
    ['2 seconds', { duration: 2 }],
    ['15 seconds', { duration: 15 }],
    ['1080P', { resolution: '1080P' }]
  ])('OpenClaw 72: may have %s', (_, more) => {
    expect(fieldsOf(item(more))).toEqual([])
  })

  it.each<[string, Partial<WanVideo>]>([
    ['prompt', { prompt: '猫'.repeat(1501) }],
    ['prompt', { prompt: '' }],
    ['negativePrompt', { negativePrompt: 'x'.repeat(501) }],
    ['seed', { seed: -1 }],
    ['seed', { seed: 2_147_483_648 }],
    ['seed', { seed: 0.5 }],
    ['duration', { duration: 1 }],
    ['duration', { duration: 16 }],
    ['resolution', { resolution: '720p' as '720P' }],
    ['shotType', { shotType: 'single' }],
    ['firstFrame', { firstFrame: 'https://a.example/a.png' }],
    ['audio', { audio: true }],
    ['audioUrl', { audioUrl: 'https://a.example/a.mp3' }]
  ])('OpenClaw 72: is rejected by its %s: %j', (field, more) => {
    expect(fieldsOf(item(more))).toEqual([field])
  })

  it('OpenClaw 34: begins with an image, where its model does', () => {
    expect(fieldsOf(item({ model: 'wan2.6-i2v' }))).toEqual(['firstFrame'])
    expect(fieldsOf(fromImage())).toEqual([])
  })

  it.each(['a.mp3', 'a.WAV', 'a.wav?x=1', 'stream'])('OpenClaw 37: takes audio at %s', (name) => {
    expect(fieldsOf(fromImage({ audio: true, audioUrl: `https://a.example/${name}` }))).toEqual([])
  })

  it.each(['a.ogg', 'a.m4a?x=a.mp3'])('OpenClaw 37: takes no audio at %s', (name) => {
    expect(fieldsOf(fromImage({ audioUrl: `https://a.example/${name}` }))).toEqual(['audioUrl'])
  })

  it('OpenClaw 38: several shots need the prompt to be extended', () => {
    expect(fieldsOf(fromImage({ shotType: 'multi' }))).toEqual([])
    expect(fieldsOf(fromImage({ shotType: 'multi', promptExtend: false }))).toEqual(['shotType'])
  })

  it('is sent in the spelling of the service, and without what was not asked for', async () => {
    expect(await wanVideo.request(item())).toEqual({
      path: '/video/generations',
      body: { model: 'wan2.6-t2v', prompt: 'A cat runs' }
    })
    const all = fromImage({
      ...{ resolution: '1080P', duration: 10, audio: true, audioUrl: 'https://a.example/a.mp3' },
      ...{ negativePrompt: 'blurry', promptExtend: true, shotType: 'multi', watermark: false, seed: 42 }
    })
    expect(await wanVideo.request(all)).toMatchObject({
      body: {
        ...{ resolution: '1080P', duration: 10, input_reference: 'https://a.example/a.png', audio: true },
        ...{ audio_url: 'https://a.example/a.mp3', negative_prompt: 'blurry', prompt_extend: true },
        ...{ shot_type: 'multi', watermark: false, seed: 42 }
      }
    })
  })
})
