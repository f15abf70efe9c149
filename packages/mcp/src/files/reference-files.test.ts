import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { connect } from '../../test/client.js'
import { fakeKatana } from '../../test/fake-katana.js'

async function connected() {
  const katana = fakeKatana()
  const { call, folder } = await connect({ katana })
  mkdirSync(folder)
  return { katana, call, folder }
}

/** The pictures of the last request to the service. */
function sent(katana: ReturnType<typeof fakeKatana>): unknown {
  return katana.requests.at(-1)?.request
}

describe('the pictures that a model names', () => {
  it('are files of the folder, by name or by path, and https URLs', async () => {
    const { katana, call, folder } = await connected()
    const path = join(folder, 'mug.png')
    writeFileSync(path, 'an image')
    const images = ['mug.png', path, 'https://a.example/x']
    expect((await call('generate_image', { prompt: 'Blue', images })).isError).toBe(false)
    const lazy = { read: expect.any(Function) }
    expect(sent(katana)).toEqual({
      model: 'gen',
      prompt: 'Blue',
      aspectRatio: 'auto',
      images: [lazy, lazy, 'https://a.example/x']
    })
    const video = {
      prompt: 'A wave',
      model: 'm',
      durationSeconds: 5,
      firstFrame: 'mug.png',
      references: [path]
    }
    await call('generate_video', video)
    expect(sent(katana)).toEqual({
      model: 'm',
      prompt: 'A wave',
      durationSeconds: 5,
      aspectRatio: 'auto',
      firstFrame: lazy,
      references: [lazy]
    })
  })

  it('are no other files, whatever way is tried, and nothing is bought', async () => {
    const { katana, call, folder } = await connected()
    const outside = join(folder, '..', 'secret.png')
    writeFileSync(outside, 'secret')
    writeFileSync(join(folder, 'key.txt'), 'secret')
    symlinkSync(outside, join(folder, 'link.png'))
    symlinkSync(join(folder, 'key.txt'), join(folder, 'text.png'))
    mkdirSync(join(folder, 'folder.png'))
    writeFileSync(join(folder, 'large.png'), '')
    truncateSync(join(folder, 'large.png'), 21 * 1024 * 1024)
    const names = [
      outside,
      '../secret.png',
      'link.png',
      'text.png',
      'key.txt',
      'folder.png',
      'none.png',
      'large.png'
    ]
    for (const name of [
      ...names,
      'http://a.example/x.png',
      'file:///etc/passwd',
      'data:image/png;base64,AAAA'
    ])
      expect(await call('generate_image', { prompt: 'Blue', images: [name] }), name).toMatchObject({
        isError: true,
        text: expect.stringMatching(/request\/invalid; nothing was paid/)
      })
    expect(katana.requests).toEqual([])
  })

  it('make another call when the file is another one', async () => {
    const { katana, call, folder } = await connected()
    const request = { prompt: 'A wave', model: 'm', durationSeconds: 5, firstFrame: 'mug.png' }
    writeFileSync(join(folder, 'mug.png'), 'an image')
    await call('generate_video', request)
    writeFileSync(join(folder, 'mug.png'), 'another image')
    await call('generate_video', request)
    expect(katana.requests).toHaveLength(2)
  })
})

describe('the folder of generated files', () => {
  it('C63: counts what is being made, so that calls at once buy no more than may be written', async () => {
    const katana = fakeKatana()
    const { call } = await connect({ katana, quota: { files: 1 } })
    const prompts = ['one', 'two', 'three', 'four']
    const answers = await Promise.all(prompts.map((prompt) => call('generate_image', { prompt })))
    expect(answers.filter(({ isError }) => !isError)).toHaveLength(1)
    expect(katana.requests).toHaveLength(1)
  })

  it('takes as many files and bytes as the operator says, and nothing is paid for another', async () => {
    for (const quota of [{ files: 1 }, { bytes: 8 }]) {
      const katana = fakeKatana()
      const { call } = await connect({ katana, quota })
      expect((await call('generate_image', { prompt: 'A mug' })).isError).toBe(false)
      // The files of a fake job have another name than those of the service.
      const { folder, call: again } = await connect({ katana, quota })
      mkdirSync(folder)
      writeFileSync(join(folder, 'job-1-0-0.png'), 'an image')
      expect(await again('generate_image', { prompt: 'A mug' })).toMatchObject({
        isError: true,
        text: expect.stringMatching(/is full.*nothing was paid/s)
      })
      expect(katana.requests).toHaveLength(1)
    }
  })
})
