import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKatanaClient, type KatanaClient } from '@bursar/generation/katana'
import type { BursarOptions } from 'bursar'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()

async function newKatana(
  options = {},
  money: Partial<BursarOptions> = {}
): Promise<{ katana: KatanaClient; address: `0x${string}` }> {
  const { address, bursar } = await fundWallet(stack, money)
  onTestFinished(() => bursar.close())
  const { fetch, receiptOf } = bursar
  const baseUrl = stack.gateway.url
  return { address, katana: createKatanaClient({ fetch, receiptOf, baseUrl, billing: 'direct', ...options }) }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-images-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const mug = { model: 'gen', prompt: 'A mug on a beach', aspectRatio: '1:1' } as const

describe('the Katana client over a paying fetch', () => {
  it('pays for an image, follows its job, and saves the image', async () => {
    const { katana, address } = await newKatana()
    const job = await katana.images.generate(mug)
    const states: string[] = []
    for await (const { status } of job) states.push(status)
    expect(states.at(-1)).toBe('completed')
    const saved = await job.save(newFolder())
    expect(saved).toHaveLength(1)
    expect(
      readFileSync(saved[0]?.path ?? '')
        .subarray(1, 4)
        .toString()
    ).toBe('PNG')
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('pays for a chat', async () => {
    const { katana, address } = await newKatana()
    const messages = [{ role: 'user', content: 'Hi' }] as const
    const reply = await katana.chat.completions.create({
      model: 'claude-haiku-4-5',
      messages,
      max_tokens: 16
    })
    expect(reply.choices[0]?.message.content).toBeTypeOf('string')
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('takes a job up in another process by its id, without paying', async () => {
    const submitted: string[] = []
    const onSubmitted = ({ requestId }: { requestId: string }): void => void submitted.push(requestId)
    const { katana } = await newKatana({ onSubmitted })
    await katana.images.generate(mug)
    const other = await newKatana()
    const result = await (await other.katana.jobs.resume(submitted[0] ?? '')).result()
    expect(result.assets).toHaveLength(1)
    expect(await stack.chain.authorizationsUsed(other.address)).toEqual([])
  })

  it('rejects what Katana would reject before anything is sent or paid', async () => {
    const { katana, address } = await newKatana()
    const before = stack.gateway.requests.length
    const wrong = { ...mug, aspectRatio: '7:5' } as unknown as typeof mug
    await expect(katana.images.generate(wrong)).rejects.toMatchObject({
      code: 'request/invalid',
      moneyState: 'none'
    })
    expect(stack.gateway.requests.length).toBe(before)
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
  })

  it('pays for a video, saves it, and goes on from its last frame', async () => {
    const { address, katana } = await newKatana({}, { limits: { payment: '2' } })
    const shot = { prompt: 'A mug on a beach', durationSeconds: 5, aspectRatio: '16:9' } as const
    const first = await katana.videos.generate({ model: 'seedance-2-0', ...shot })
    const [saved] = await first.save(newFolder())
    expect(readFileSync(saved?.path ?? '').toString('latin1', 4, 8)).toBe('ftyp')
    const [video] = (await first.result()).assets
    if (!video) throw new TypeError('There is no video')
    const second = await katana.videos.extend(video, { model: 'seedance-2-0', ...shot })
    expect((await second.result()).assets).toMatchObject([{ kind: 'video', durationSeconds: 5 }])
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(2)
  })

  it.each(['png', 'jpeg', 'webp'] as const)(
    'saves an image as %s, checked by what is in it',
    async (outputFormat) => {
      const { katana } = await newKatana()
      const job = await katana.images.generate({ ...mug, outputFormat })
      const [saved] = await job.save(newFolder())
      expect(saved?.path).toMatch(new RegExp(`\\.${outputFormat === 'jpeg' ? 'jpe?g' : outputFormat}$`))
      expect(saved?.mimeType).toBe(`image/${outputFormat}`)
    }
  )
})
