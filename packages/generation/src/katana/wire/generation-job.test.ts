import { describe, expect, it } from 'vitest'
import { assetBase, mug, openKatanaOf as open, says } from '../../../test/katana-job.js'
import { completed } from '../../../test/service.js'

describe('what a job has made, as Katana reports it', () => {
  it('S18, Katana 114, 138, 139, 141, 142, 143 and 162: reads assets as Katana reports them', async () => {
    const tags = [{ tag: 'mug', confidence: 0.94 }, { tag: 7 }]
    const asset = { metadata: { tags }, final_frame_image_url: '', thumbnail_silent_video_mp4_url: '' }
    const { katana } = await open(says('processing'), says('completed', [completed(assetBase, asset)]))
    const result = await (await katana.images.generate(mug)).result()
    expect(result.assets).toEqual([
      {
        item: 0,
        index: 0,
        kind: 'image',
        mimeType: 'image/png',
        url: `${assetBase}/original.png`,
        displayUrl: `${assetBase}/preview.png`,
        thumbnailUrl: `${assetBase}/thumbnail.jpg`,
        width: 8,
        height: 8,
        expiresAtMs: Date.parse('2026-05-16T13:00:02Z'),
        tags: [{ tag: 'mug', confidence: 0.94 }]
      }
    ])
    expect(result.items[0]).toMatchObject({ modelKey: 'gpt2image', creditsSpent: '3', status: 'completed' })
  })

  it.each<[string, object, object]>([
    [
      'with every field',
      {
        ...{ kind: 'video', mime_type: 'video/mp4', width: 1280, height: 720, duration_seconds: 5 },
        thumbnail_silent_video_mp4_url: 'https://a.example/silent.mp4',
        final_frame_image_url: 'https://a.example/last.png'
      },
      {
        ...{ kind: 'video', mimeType: 'video/mp4', width: 1280, height: 720, durationSeconds: 5 },
        previewUrl: 'https://a.example/silent.mp4',
        finalFrameUrl: 'https://a.example/last.png'
      }
    ],
    [
      'with every field blank',
      {
        kind: 'video',
        mime_type: 'video/mp4',
        thumbnail_silent_video_mp4_url: '',
        final_frame_image_url: ''
      },
      { kind: 'video', mimeType: 'video/mp4', previewUrl: undefined, finalFrameUrl: undefined }
    ]
  ])(
    'S58, Katana 140 and 144: reads a video %s, and when each item began and ended',
    async (_, asset, read) => {
      const { katana } = await open(says('completed', [completed(assetBase, asset)]))
      const result = await (await katana.images.generate(mug)).result()
      const { previewUrl, finalFrameUrl, ...first } = result.assets[0] ?? expect.unreachable()
      expect({ ...first, previewUrl, finalFrameUrl }).toMatchObject(read)
      expect(result.items[0]).toMatchObject({
        startedAtMs: Date.parse('2026-05-13T12:59:16Z'),
        completedAtMs: Date.parse('2026-05-13T13:00:02Z')
      })
    }
  )

  it('S19: keeps ids and times of the service, and the answer as it came', async () => {
    const times = { created_at: '2026-05-13T12:59:10Z', updated_at: '2026-05-13T13:00:03Z', new_field: [1] }
    const { katana } = await open(says('completed', [completed(assetBase)], times))
    const result = await (await katana.images.generate(mug)).result()
    expect(result).toMatchObject({
      createdAtMs: Date.parse(times.created_at),
      updatedAtMs: Date.parse(times.updated_at),
      items: [{ jobId: '8c92b087-8d6d-4ad2-9b18-3f296568dcfd' }],
      raw: { new_field: [1], responses: [{ type: 'image', output_assets: [{ mime_type: 'image/png' }] }] }
    })
    const silent = await open(says('completed', [{ status: 'completed' }]))
    const job = await silent.katana.images.generate(mug)
    expect(job.state).not.toHaveProperty('createdAtMs')
    expect(job.state.items).toEqual([{ index: 0, status: 'completed', assets: [] }])
  })

  it('Katana 139: falls back on url where there is no original', async () => {
    const { katana } = await open(says('completed', [completed(assetBase, { original_data_url: '' })]))
    expect((await (await katana.images.generate(mug)).result()).assets[0]?.url).toBe(
      `${assetBase}/preview.png`
    )
  })
})
