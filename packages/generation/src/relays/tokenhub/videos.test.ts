import { expect, it } from 'vitest'
import { bursarWith, limitedMeter } from '../../../test/meter.js'
import { answer, serve } from '../../../test/service.js'
import { createTokenHub } from './tokenhub.js'

async function open() {
  const { url, arrivals } = await serve((_, response) => answer(response, { id: 'tsk-1', status: 'queued' }))
  const meter = limitedMeter()
  const baseUrl = url
  return { arrivals, meter, tokenhub: createTokenHub(bursarWith(meter), { apiKey: 'th-key', baseUrl }) }
}

it('S38: Kling is sent the mode, and held at its price a second', async () => {
  const { arrivals, meter, tokenhub } = await open()
  const video = { model: 'kwaivgi/kling-v3', prompt: 'A wave', duration: 5 }
  await tokenhub.videos.generate({ ...video, mode: 'pro' })
  await tokenhub.videos.generate({ ...video, mode: 'std' })
  expect(arrivals.map(({ json }) => json.mode)).toEqual(['pro', 'std'])
  expect(meter.calls.map(({ held }) => held)).toEqual([1_120_000n, 840_000n])
  for (const wrong of [
    { ...video, mode: 'best' },
    { ...video, model: 'bytedance/doubao-seedance-2.0', mode: 'pro' }
  ])
    await expect(tokenhub.videos.generate(wrong as never)).rejects.toMatchObject({ code: 'request/invalid' })
  expect(arrivals).toHaveLength(2)
})

it('S39, TokenHub 61: every medium goes as an image_url, with its role', async () => {
  const { arrivals, tokenhub } = await open()
  const roles = [
    'first_frame',
    'last_frame',
    'reference_image',
    'reference_video',
    'reference_audio'
  ] as const
  const content = roles.map((role) => ({ url: `https://a.example/${role}`, role }))
  await tokenhub.videos.generate({ model: 'kwaivgi/kling-v3-std', prompt: 'A wave', content })
  expect(arrivals[0]?.json.content).toEqual(
    content.map(({ url, role }) => ({ type: 'image_url', image_url: { url }, role }))
  )
})
