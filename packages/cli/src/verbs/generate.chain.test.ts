import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Stack } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect, onTestFinished } from 'vitest'
import { newStackTerminal } from '../../test/terminal.js'
import { watchKatana } from '../../test/watch-katana.js'

const test = stackTest({ solana: false, gateway: { katana: { generationMs: 10 } } })
const keyed = stackTest({ solana: false })
const paid = ['--max-amount', '2']

/** A terminal whose requests to Katana are watched. */
async function watchedTerminal(stack: Stack, funds = '5') {
  const { env, lastItem } = await watchKatana(stack.gateway.url)
  return { ...(await newStackTerminal(stack, { env, funds })), lastItem }
}

/** Eight seconds of silence: 8-bit mono at 8 kHz. */
function wav(): Uint8Array {
  const data = Buffer.alloc(64_000, 128)
  const header = Buffer.from(
    '524946460000000057415645666d74201000000001000100401f0000401f00000100080064617461',
    'hex'
  )
  header.writeUInt32LE(36 + data.length, 4)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(data.length)
  return Buffer.concat([header, length, data])
}

type Terminal = Awaited<ReturnType<typeof newStackTerminal>>

/** An image that was bought, as a file. */
async function boughtImage({ bursar, home }: Terminal): Promise<string> {
  const { code, out } = await bursar('image', 'A mug', '-o', join(home, 'first'), ...paid)
  expect(code).toBe(0)
  return out.trim()
}

describe('S22: bursar image', () => {
  test('edits files and URLs, into the format, with what the image must not show', async ({ stack }) => {
    const terminal = await watchedTerminal(stack)
    const file = await boughtImage(terminal)
    const url = 'https://files.example/cat.png'
    const [to, shared] = [join(terminal.home, 'out'), ['--model', 'gpt-image-2', ...paid]]
    const options = ['-i', file, '--image', url, '--output-format', 'webp', '--negative-prompt', 'text']
    const { code, out } = await terminal.bursar('image', 'On a beach', '-o', to, ...options, ...shared)
    expect(code).toBe(0)
    expect(out).toBe(`${join(to, readdirSync(to)[0] ?? '')}\n`)
    expect(readFileSync(out.trim()).subarray(8, 12).toString()).toBe('WEBP')
    expect(terminal.lastItem()).toMatchObject({
      ...{ type: 'image', model: 'gpt-image-2', aspect_ratio: 'auto', output_format: 'webp' },
      negative_prompt: 'text',
      image_urls: [expect.stringMatching(/^data:image\/png;base64,/), url]
    })
  })

  test('asks for another resolution and for tags', async ({ stack }) => {
    const { bursar, home, lastItem } = await watchedTerminal(stack)
    expect((await bursar('image', 'A mug', '-o', home, '--uhd', '--prompt-assist', ...paid)).code).toBe(0)
    expect(lastItem()).toMatchObject({ is_uhd: true, use_assistant: true, aspect_ratio: '1:1' })
    expect((await bursar('image', 'A mug', '-o', home, '--fast', ...paid)).code).toBe(0)
    expect(lastItem()).toMatchObject({ is_fast: true })
  })

  test('that cannot be, ends with one error that says why, and nothing is paid', async ({ stack }) => {
    const { bursar, home, address } = await newStackTerminal(stack)
    const [large, text] = [join(home, 'large.png'), join(home, 'text.png')]
    writeFileSync(large, '')
    truncateSync(large, 49 * 1024 * 1024)
    writeFileSync(text, 'no image')
    const edit = ['--model', 'gpt-image-2']
    const wrong: [argv: string[], code: number, why: RegExp][] = [
      [
        [...edit, '-i', join(home, 'gone.png')],
        1,
        /images\[0\] cannot be read: there is no file .*gone\.png/
      ],
      [[...edit, '-i', home], 1, /images\[0\] cannot be read: .* is no file/],
      [[...edit, '-i', large], 1, /images\[0\] holds 51380224 bytes, which is more than 48 MiB/],
      [[...edit, '-i', text], 1, /images\[0\] holds no image that is known/],
      [[...edit, '-i', 'http://files.example/x.png'], 1, /images\[0\] is a http: URL/],
      [['-i', 'https://files.example/x.png'], 1, /gen lists no images as input/],
      [[...edit, '--uhd'], 1, /gpt-image-2 is not hosted by imgnAI and has no isUhd/],
      [['--fast', '--uhd'], 2, /'--fast' cannot be used with option '--uhd'/],
      [['--output-format', 'gif'], 2, /Allowed choices are png, jpeg, webp/],
      [['--billing', 'x'], 2, /Allowed choices are direct, wallet, key/],
      [['--billing', 'key', '-o', join(home, 'none')], 2, /needs KATANA_API_KEY/]
    ]
    const keyless = newStackTerminal(stack, { env: { KATANA_API_KEY: '' } })
    for (const [argv, code, why] of wrong) {
      const terminal = argv.includes('key') ? (await keyless).bursar : bursar
      const ended = await terminal('image', 'x', '-o', home, ...argv, ...paid)
      expect(ended, argv.join(' ')).toMatchObject({ code, out: '', err: expect.stringMatching(why) })
      expect(ended.err.trim().split('\n'), argv.join(' ')).toHaveLength(1)
    }
    expect((await bursar('jobs')).out).toBe('There are no jobs.\n')
    expect(await stack.base?.authorizationsUsed(address)).toEqual([])
  })

  keyed(
    'is billed to the balance or to the key that is named, in the record and never to the wallet',
    async ({ stack }) => {
      const { bursar, home, address } = await newStackTerminal(stack)
      const command = (how: string) => ['image', 'A mug', '-o', home, '--billing', how, ...paid]
      expect(await bursar(...command('wallet'))).toMatchObject({
        code: 3,
        err: expect.stringContaining('balance/insufficient')
      })
      expect((await bursar('topup', '0.5', ...paid)).code).toBe(0)
      const before = await stack.base?.authorizationsUsed(address)
      for (const how of ['wallet', 'key']) {
        const { code, out, err } = await bursar(...command(how))
        expect([code, err], how).toEqual([0, expect.stringMatching(/^Job [\w-]+ is paid for\. Waiting/)])
        expect(readFileSync(out.trim()).subarray(1, 4).toString()).toBe('PNG')
      }
      expect(await stack.base?.authorizationsUsed(address)).toEqual(before)
      const { out: history } = await bursar('history', '--json')
      for (const how of ['wallet', 'key']) expect(history).toMatch(new RegExp(`"billing":"${how}"`))
      expect(await bursar(...command('key'), '--uhd')).toMatchObject({
        code: 3,
        err: expect.stringContaining('price/unknown')
      })
    }
  )
})

describe('what was generated', () => {
  test('is named by its whole path, also where the folder is not', async ({ stack }) => {
    const { bursar } = await newStackTerminal(stack)
    const folder = mkdtempSync(join(tmpdir(), 'bursar-out-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const image = await bursar('image', 'A mug', '-o', relative(process.cwd(), folder), ...paid, '--json')
    const { job, files } = JSON.parse(image.out)
    expect(files).toMatchObject([{ path: join(folder, `${job}-0-0.png`) }])
    const again = await bursar('jobs', 'resume', job, '-o', relative(process.cwd(), folder))
    expect(again.out).toBe(`${join(folder, `${job}-0-0.png`)}\n`)
  })

  test('and cannot be saved, is paid for: the error names the folder, and the same command saves it', async ({
    stack
  }) => {
    let folder = ''
    const isSubmitted = (text: string): void => {
      if (!text.includes('is paid for') || folder === '') return
      rmSync(folder, { recursive: true })
      writeFileSync(folder, 'no folder any more')
    }
    const { bursar, home, address } = await newStackTerminal(stack, { onError: isSubmitted })
    folder = join(home, 'out')
    const command = ['image', 'A mug', '-o', folder, ...paid]
    expect(await bursar(...command)).toMatchObject({
      code: 4,
      out: '',
      err: expect.stringMatching(
        /could not be saved in .*out\. The job is paid for: the same command saves it/
      )
    })
    rmSync(folder)
    folder = ''
    const again = await bursar(...command)
    expect([again.code, readFileSync(again.out.trim()).subarray(1, 4).toString()]).toEqual([0, 'PNG'])
    expect(await stack.base?.authorizationsUsed(address)).toHaveLength(1)
  })

  keyed('by the account of a key, is had again with the key', async ({ stack }) => {
    const { bursar, home } = await newStackTerminal(stack)
    const { out } = await bursar('image', 'A mug', '-o', home, '--billing', 'key', ...paid, '--json')
    const resume = ['jobs', 'resume', JSON.parse(out).job, '-o', join(home, 'again')]
    expect(await bursar(...resume)).toMatchObject({ code: 0, out: expect.stringContaining('again') })
  })
})

describe('S23: bursar video', () => {
  test('begins and ends with frames, and follows audio', async ({ stack }) => {
    const terminal = await watchedTerminal(stack, '20')
    const { bursar, home } = terminal
    const [file, sound] = [await boughtImage(terminal), join(home, 'sound.wav')]
    writeFileSync(sound, wav())
    const frames = ['--first-frame', file, '--last-frame', 'https://files.example/last.png']
    const framed = await bursar('video', 'A wave', '-o', home, ...frames, ...paid)
    expect(framed.code).toBe(0)
    expect(terminal.lastItem()).toMatchObject({
      aspect_ratio: 'auto',
      video_image_data: {
        first_frame_image_url: expect.stringMatching(/^data:image\/png/),
        last_frame_image_url: 'https://files.example/last.png'
      }
    })
    const spoken = await bursar('video', 'x', '-o', home, '--first-frame', file, '--audio', sound, ...paid)
    expect(spoken.code).toBe(0)
    expect(terminal.lastItem()).toMatchObject({
      video_image_data: { audio_input_urls: [expect.stringMatching(/^data:audio\/wav/)] }
    })
  })

  test('shows references', async ({ stack }) => {
    const terminal = await watchedTerminal(stack, '20')
    const file = await boughtImage(terminal)
    const references = ['--reference', file, '--reference', 'https://files.example/cat.png']
    const options = ['--model', 'wan-2-7-720p', '--aspect-ratio', '9:16', '-o', terminal.home, ...paid]
    expect((await terminal.bursar('video', 'x', ...references, ...options)).code).toBe(0)
    expect(terminal.lastItem()).toMatchObject({
      aspect_ratio: '9:16',
      video_image_data: { reference_image_urls: [expect.any(String), 'https://files.example/cat.png'] }
    })
  })

  test('goes on from a saved video, by its file or by its job', async ({ stack }) => {
    const { bursar, home, lastItem } = await watchedTerminal(stack, '20')
    const first = JSON.parse((await bursar('video', 'A wave', '-o', home, ...paid, '--json')).out)
    for (const earlier of [first.files[0].path, first.job]) {
      const { code } = await bursar('video', 'It breaks', '--continue', earlier, '-o', home, ...paid)
      expect(code).toBe(0)
      expect(lastItem()).toMatchObject({
        video_image_data: { first_frame_image_url: expect.stringMatching(/final\.png$|^data:image\/png/) }
      })
    }
  })

  test('that cannot be, ends with one error that says why, and nothing is paid', async ({ stack }) => {
    const { bursar, home, address } = await newStackTerminal(stack)
    const wav15 = 'https://files.example/a.mp3'
    const none = '0f3f0ab9-2d2c-4d99-a7cc-76cf82735246'
    const wrong: [argv: string[], code: number, why: RegExp][] = [
      [['--first-frame', join(home, 'gone.png')], 1, /firstFrame cannot be read: there is no file/],
      [['--last-frame', home], 1, /lastFrame cannot be read: .* is no file/],
      [['--reference', 'https://files.example/x.png'], 1, /ltx-2-3 takes no images as references/],
      [['--audio', wav15], 1, /Audio needs a first frame/],
      [['--audio-seconds', '3'], 2, /--audio-seconds is the length of --audio/],
      [
        ['--model', 'seedance-2-0', '--audio', wav15, '--audio-seconds', '16'],
        1,
        /The audio is 16\.0 s long in all/
      ],
      [['--continue', none, '--first-frame', 'x.png'], 2, /'--continue <video>' cannot be used with/],
      [['--continue', none], 2, /Job 0f3f0ab9.* has no video to continue/],
      [['--continue', 'a b'], 2, /1 to 128 letters/]
    ]
    for (const [argv, code, why] of wrong) {
      const ended = await bursar('video', 'x', '-o', home, ...argv, ...paid)
      expect(ended, argv.join(' ')).toMatchObject({ code, out: '', err: expect.stringMatching(why) })
      expect(ended.err.trim().split('\n'), argv.join(' ')).toHaveLength(1)
    }
    expect((await bursar('jobs')).out).toBe('There are no jobs.\n')
    expect(await stack.base?.authorizationsUsed(address)).toEqual([])
  })
})
