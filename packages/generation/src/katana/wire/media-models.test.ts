import { describe, expect, it } from 'vitest'
import { PICTURE, SOUND } from '../../../test/items.js'
import { openKatana } from '../../../test/katana.js'
import { answer, envelope } from '../../../test/service.js'
import { createKatanaClient } from '../create-katana-client.js'

type Entry = Readonly<Record<string, unknown>>

/** A client that goes by a list of one image model and one video model. */
async function informedBy(image: Entry, video: Entry = {}) {
  const list = {
    images: [{ public_model_name: 'gpt-image-2', ...image }],
    videos: [{ public_model_name: 'seedance-2-0', ...video }]
  }
  const { katana, url, arrivals } = await openKatana(({ method }, response) =>
    answer(response, method === 'GET' ? list : envelope('processing'))
  )
  const catalogue = await katana.models.list()
  arrivals.length = 0
  const informed = createKatanaClient({ baseUrl: url, catalogue })
  const draw = (count: number) =>
    informed.images.generate({
      model: 'gpt-image-2',
      prompt: 'A mug',
      aspectRatio: '1:1',
      images: Array(count).fill(PICTURE)
    })
  const makeVideo = (media: object) =>
    informed.videos.generate({
      model: 'seedance-2-0',
      prompt: 'A mug',
      aspectRatio: '16:9',
      durationSeconds: 5,
      ...media
    })
  return { draw, makeVideo, arrivals, catalogue }
}

const rejectedBy = (rule: string) => ({ code: 'request/invalid', context: { violations: [{ rule }] } })

describe('what a live list says of a model', () => {
  it('Katana 167: bounds images by multi_image_inputs_allowed, where that is a number', async () => {
    const { draw, arrivals } = await informedBy({ multi_image_inputs_allowed: 2 })
    await draw(2)
    await expect(draw(3)).rejects.toMatchObject({ code: 'request/invalid' })
    expect(arrivals).toHaveLength(1)
  })

  it('Katana 167: goes by maximum_reference_images where both are there, and by the snapshot where it is a flag', async () => {
    const both = await informedBy({ multi_image_inputs_allowed: 2, maximum_reference_images: 3 })
    expect(both.catalogue.images[0]?.maxReferenceImages).toBe(3)
    const flag = await informedBy({ multi_image_inputs_allowed: true })
    expect(flag.catalogue.images[0]?.maxReferenceImages).toBe(16)
  })

  it('Katana 167: sends no images where supports_reference_images is false', async () => {
    const { draw, makeVideo, arrivals } = await informedBy(
      { supports_reference_images: false, maximum_reference_images: 16 },
      { supports_reference_images: false }
    )
    await draw(0)
    await expect(draw(1)).rejects.toMatchObject({ code: 'request/invalid' })
    await expect(makeVideo({ references: [PICTURE] })).rejects.toMatchObject(
      rejectedBy('too_many_references')
    )
    expect(arrivals).toHaveLength(1)
  })

  it('Katana 167: sends no audio where supports_audio_input is false', async () => {
    const { makeVideo, arrivals } = await informedBy(
      {},
      { supports_audio_input: false, maximum_reference_audio_files: 3 }
    )
    await expect(makeVideo({ audio: [SOUND] })).rejects.toMatchObject(rejectedBy('audio_unsupported'))
    expect(arrivals).toEqual([])
  })

  it('keeps what it says of frames, lengths and rules, and leaves out rules that nobody knows', async () => {
    const { catalogue } = await informedBy(
      {},
      {
        supports_first_frame: false,
        supports_mid_frame: true,
        supports_last_frame: false,
        video_lengths_and_costs: { '7': '12.5' },
        custom_rules: ['lf_needs_ff', 'a_new_one']
      }
    )
    const [video] = catalogue.videos
    expect(video).toMatchObject({
      hasFirstFrame: false,
      hasMidFrame: true,
      hasLastFrame: false,
      rules: ['lf_needs_ff']
    })
    expect([...(video?.costsTenths ?? [])]).toEqual([[7, 125n]])
  })
})
