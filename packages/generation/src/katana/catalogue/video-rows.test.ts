import { expect, it } from 'vitest'
import { openKatana } from '../../../test/katana.js'
import { answer } from '../../../test/service.js'
import { katanaCatalogue } from './snapshot.js'

/** Every video model, as the guide prints it: whether its videos have audio, and its credits by length in seconds. */
const guide: Readonly<Record<string, readonly [hasAudio: boolean, costs: Readonly<Record<number, number>>]>> =
  {
    'seedance-2-0': [true, { 5: 200, 10: 375, 15: 550 }],
    'seedance-2-0-480p': [true, { 5: 120, 10: 230, 15: 340 }],
    'seedance-2-0-fast': [true, { 5: 120, 10: 230, 15: 340 }],
    'ltx-2-3': [true, { 5: 20, 10: 40, 15: 60, 20: 80 }],
    'happy-horse-1-0-1080p': [true, { 5: 300, 10: 600, 15: 900 }],
    'happy-horse-1-0-720p': [true, { 5: 150, 10: 300, 15: 450 }],
    'wan-2-7-1080p': [true, { 5: 130, 10: 260 }],
    'wan-2-7-720p': [true, { 5: 90, 10: 180 }],
    'kling-o3-4k': [true, { 5: 450, 10: 900, 15: 1350 }],
    'kling-3-0-kling30pro': [true, { 5: 350, 10: 650, 15: 925 }],
    'kling-3-0-kling30': [true, { 5: 280, 10: 550, 15: 800 }],
    'veo3-1': [true, { 4: 380, 8: 750 }],
    'veo3-1-fast': [true, { 4: 160, 8: 300 }],
    'veo3-1-lite': [true, { 8: 140 }],
    'seedance-pro': [false, { 5: 250, 10: 450 }],
    'wan-2-5': [true, { 5: 220, 10: 400 }],
    'hailuo-2-minimax': [false, { 6: 200 }],
    'kling-2-1-kling21': [false, { 5: 160, 10: 300 }],
    'kling-2-1-kling21loop': [false, { 5: 160, 10: 300 }],
    'seedance-lite-seedancelite': [false, { 5: 120, 10: 200 }],
    'seedance-lite-seedanceliteloop': [false, { 5: 120, 10: 200 }],
    'kling-2-0': [false, { 5: 350, 10: 650 }],
    'kling-1-6': [false, { 5: 130, 10: 250 }]
  }

it('the guide has 23 video models, and the catalogue no others', () => {
  expect(Object.keys(guide)).toHaveLength(23)
  expect(katanaCatalogue.videos.map(({ name }) => name).sort()).toEqual(Object.keys(guide).sort())
})

it.each(katanaCatalogue.videos)(
  'S56, Katana 132: $name has the audio and the prices that the guide prints',
  (model) => {
    const [hasAudio, costs] = guide[model.name] ?? []
    expect(model.hasAudio).toBe(hasAudio)
    const credits = [...model.costsTenths].map(([seconds, tenths]) => [seconds, Number(tenths) / 10] as const)
    expect(Object.fromEntries(credits)).toEqual(costs)
  }
)

it('S56, Katana 132: a live list says of a model whether its videos have audio', async () => {
  const entry = (name: string, audio?: boolean) => ({
    public_model_name: name,
    ...(audio === undefined ? {} : { audio_gen_model: audio })
  })
  const videos = [
    entry('kling-1-6', true),
    entry('veo3-1', false),
    entry('kling-2-0'),
    entry('brand-new', true)
  ]
  const { katana } = await openKatana((_, response) => answer(response, { videos }))
  const listed = (await katana.models.list()).videos
  expect(listed.map(({ name, hasAudio }) => [name, hasAudio])).toEqual([
    ['kling-1-6', true],
    ['veo3-1', false],
    ['kling-2-0', false],
    ['brand-new', true]
  ])
})
