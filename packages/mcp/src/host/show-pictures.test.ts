import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { challenge, type Route, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { connect } from '../../test/client.js'
import { resultOf } from '../tool-output.js'
import { showPictures } from './show-pictures.js'

const shown = { type: 'image', mimeType: 'image/png', data: Buffer.from('an image').toString('base64') }

describe('C61, P68: the picture of a tool', () => {
  it.each(['claude-code', 'codex-mcp-client', 'opencode'])(
    'is shown to the model of %s, beside its file, and the text says the rest',
    async (host) => {
      const { call, folder } = await connect({ host })
      const { text, content, output } = await call('generate_image', { prompt: 'A mug' })
      expect(content.slice(1)).toEqual([shown])
      expect(JSON.parse(text)).toMatchObject({ files: [`${folder}/job-1.png`], spent: '0 USDC' })
      // A host that shows a model this alone would show no picture.
      expect(output).toEqual(host === 'opencode' ? JSON.parse(text) : {})
    }
  )

  it.each(['Continue', 'a host'])(
    'is a file and no base64 for %s, and both forms say the same',
    async (host) => {
      const { call } = await connect({ host })
      const { text, content, output } = await call('generate_image', { prompt: 'A mug' })
      expect(content).toHaveLength(1)
      expect(JSON.parse(text)).toEqual(output)
    }
  )

  it('is shown to all hosts or to none, where the operator says so', async () => {
    const always = await connect({ pictures: 'always' })
    expect((await always.call('generate_image', { prompt: 'A mug' })).content).toHaveLength(2)
    const never = await connect({ pictures: 'never', host: 'claude-code' })
    expect((await never.call('generate_image', { prompt: 'A mug' })).content).toHaveLength(1)
  })

  it('is a file alone when it is larger than models take', async () => {
    const { call, folder } = await connect({ host: 'opencode' })
    await call('generate_image', { prompt: 'A mug' })
    writeFileSync(`${folder}/job-7.png`, new Uint8Array(3 * 1024 * 1024 + 1))
    expect((await call('check_job', { job: 'job-7' })).content).toHaveLength(2)
  })

  it('is a file alone when it cannot be read, which is no failure of a call that was paid', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-pictures-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    // Nobody reads a folder as a file.
    mkdirSync(join(folder, 'one.png'))
    writeFileSync(join(folder, 'two.png'), 'an image')
    const files = ['one.png', 'two.png', 'gone.png'].map((name) => join(folder, name))
    const result = resultOf({ output: { files, spent: '0.05 USDC' } })
    const { content } = await showPictures({}, 'opencode', result)
    expect(content).toEqual([...result.content, shown])
  })

  it('is shown where a page sold it', async () => {
    const image: Route = (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      response.writeHead(200, { ...receipt(), 'content-type': 'image/png' }).end('an image')
    }
    const { url } = await startPaidServer({ '/image': image })
    const { call } = await connect({ host: 'opencode' })
    const { content, output } = await call('pay_url', { url: `${url}/image` })
    expect(content[1]).toEqual(shown)
    expect(output.file).toMatch(/\.png$/)
  })
})
