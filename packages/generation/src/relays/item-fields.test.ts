import { expect, it } from 'vitest'
import { bursarWith, limitedMeter } from '../../test/meter.js'
import { createOpenClaw } from './openclaw/openclaw.js'
import { createTokenhot } from './tokenhot/tokenhot.js'
import { createTokenHub } from './tokenhub/tokenhub.js'

/** Relays that are nowhere, and a meter that writes down what was held. */
function relays() {
  const meter = limitedMeter()
  const bursar = bursarWith(meter)
  const options = (apiKey: string) => ({ apiKey, baseUrl: 'http://127.0.0.1:9' })
  return {
    meter,
    openclaw: createOpenClaw(bursar, options('sk-key')),
    tokenhot: createTokenhot(bursar, options('key')),
    tokenhub: createTokenHub(bursar, options('th-key'))
  }
}

it('a misspelt field of an item is a TypeError that names the right one, whatever the model, and nothing is held', async () => {
  const { meter, openclaw, tokenhot, tokenhub } = relays()
  const untyped = (model: string, more: object) => ({ model, prompt: 'x', ...more }) as never
  const wrong: [ask: () => Promise<unknown>, name: string][] = [
    [() => openclaw.images.generate(untyped('gpt-image-2', { output_format: 'png' })), 'outputFormat'],
    [() => openclaw.images.generate(untyped('wan2.6-t2i', { negativePrompts: 'x' })), 'negativePrompt'],
    [() => openclaw.images.generate(untyped('gemini-3.1-flash-image', { image_size: '1K' })), 'imageSize'],
    [() => openclaw.images.edit(untyped('gpt-image-2', { image: [] })), 'images'],
    [() => openclaw.videos.generate(untyped('wan2.6-t2v', { durations: 5 })), 'duration'],
    [() => tokenhot.images.generate(untyped('qwen-image-max', { negative_prompt: 'x' })), 'negativePrompt'],
    [() => tokenhot.images.edit(untyped('doubao-seedream-4.5', { image: [] })), 'images'],
    [
      () => tokenhot.videos.generate(untyped('doubao-seedance-1.5', { generate_audio: true })),
      'generateAudio'
    ],
    [() => tokenhot.videos.generate(untyped('happyhorse-1.0-t2v', { watermarks: true })), 'watermark'],
    [() => tokenhub.images.generate(untyped('openai/gpt-image-2', { qualitiy: 'high' })), 'quality'],
    [() => tokenhub.images.edit(untyped('openai/gpt-image-2', { masks: 'x' })), 'mask'],
    [() => tokenhub.videos.generate(untyped('kwaivgi/kling-v3', { aspect_ratio: '1:1' })), 'aspectRatio']
  ]
  for (const [ask, name] of wrong) {
    const error = await ask().catch((thrown: unknown) => thrown)
    expect(error, name).toBeInstanceOf(TypeError)
    expect(error, name).toHaveProperty('message', expect.stringContaining(`did you mean ${name}?`))
  }
  const both = tokenhot.videos.generate(untyped('MiniMax-Hailuo-02', { raw: {} }))
  await expect(both).rejects.toThrow('prompt is not an option; there are: model, raw')
  expect(meter.calls).toEqual([])
})
