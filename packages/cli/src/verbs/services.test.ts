import { describe, expect, it } from 'vitest'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const env = { EVM_PRIVATE_KEY: EVM_KEY, BURSAR_RPC_BASE: 'http://127.0.0.1:9' }

describe('bursar env', () => {
  it('prints what to export, with the name of the key and never the key', async () => {
    const { bursar } = newTerminal({ env: { OPENCLAW_API_KEY: 'sk-secret' } })
    const claude = await bursar('env', 'claude')
    expect(claude).toMatchObject({
      code: 0,
      out:
        'export ANTHROPIC_BASE_URL="https://token.openclaw-token.shop"\n' +
        'export ANTHROPIC_API_KEY="$OPENCLAW_API_KEY"\n'
    })
    expect(JSON.stringify(claude)).not.toContain('sk-secret')
    expect((await bursar('env', 'openai', '--service', 'tokenhub')).out).toContain('tokenhub.store/api/v1')
    const local = newTerminal({ env: { TOKENHOT_URL: 'http://127.0.0.1:4000/relays/tokenhot/' } })
    expect((await local.bursar('env', 'openai', '--service', 'tokenhot')).out).toContain(
      '"http://127.0.0.1:4000/relays/tokenhot/v1"'
    )
  })

  it('ends with 2 for what it does not know', async () => {
    const { bursar } = newTerminal()
    const wrong: [argv: string[], why: RegExp][] = [
      [['env'], /missing required argument/],
      [['env', 'other'], /Allowed choices are claude, openai/],
      [['env', 'claude', '--service', 'x'], /Allowed choices are openclaw/],
      [['env', 'claude', '--service', 'tokenhub'], /does not speak the API of claude/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar(...argv)).toMatchObject({ code: 2, err: expect.stringMatching(why) })
  })
})

describe('S25: bursar models', () => {
  it('lists models with their prices and what they take, and narrows by kind and name', async () => {
    const { bursar } = newTerminal({ columns: 200 })
    expect((await bursar('models', 'image')).out).toMatch(/^gen +image +0\.\d+ USD$/m)
    expect((await bursar('models', 'gpt-image')).out).toMatch(
      /^gpt-image-2 +image +0\.0728 USD +16 references$/m
    )
    expect((await bursar('models', 'video')).out).toMatch(
      /^ltx-2-3 +video +0\.104 USD for 5 s +5, 10, 15, 20 s, first frame, last frame, audio input, with sound$/m
    )
    const texts = (await bursar('models', 'text')).out
    expect(texts).toMatch(/^Model +Kind +USD a million, in \/ out +Takes\n/)
    expect(texts).toMatch(/^grok-4-3 +text +[\d.]+ \/ [\d.]+ +1000k, image, tools, schemas$/m)
    // Its name has the word in it.
    expect(texts).not.toContain('flux-kontext-pro')
    expect((await bursar('models', 'no such model')).out).toBe('No model matches.\n')
  })

  it('cuts no price in a terminal of 80 columns', async () => {
    const { bursar } = newTerminal({ columns: 80 })
    const { out } = await bursar('models', 'text')
    expect(out).toMatch(/^Model +USD a million, in \/ out +Takes\n/)
    expect(out).toMatch(/^gpt-5-5 +5\.50004 \/ 33\.00024 +1050k/m)
  })

  it('shows one model in full by its name', async () => {
    const { bursar } = newTerminal()
    const { out } = await bursar('models', 'ltx-2-3')
    for (const line of [
      /^durations +5 s for 0\.104 USD, 10 s for 0\.208 USD/m,
      /^aspectRatios +16:9, 9:16, 1:1, auto$/m,
      /^frames +first yes, middle no, last yes$/m,
      /^rules +audio_ff_only, audio_drives_duration$/m,
      /^description +Powerful open source/m
    ])
      expect(out).toMatch(line)
    expect((await bursar('models', 'kimi-k2-6-private')).out).toMatch(/^privacy +E2EE Private$/m)
  })

  it('says for programs what a model costs, takes and gives', async () => {
    const { bursar } = newTerminal()
    const { models: all } = JSON.parse((await bursar('models', '--json')).out)
    expect(all).toHaveLength(111)
    const find = (name: string) => all.find((model: { name: string }) => model.name === name)
    expect(find('nano-banana')).toMatchObject({
      ...{ kind: 'image', usd: '0.0624', credits: '12', needsImage: true, maxReferenceImages: 6 },
      ...{ hasFastAndUhd: false, outputFormats: ['png', 'jpeg', 'webp'], source: 'snapshot' },
      aspectRatios: expect.arrayContaining(['16:9', 'auto'])
    })
    expect(find('seedance-2-0')).toMatchObject({
      durations: expect.arrayContaining([{ seconds: 15, credits: '550', usd: '2.86' }]),
      ...{ frames: { first: true, middle: false, last: true }, maxReferenceImages: 7, maxAudioFiles: 3 },
      ...{ hasAudio: true, rules: expect.arrayContaining(['lf_needs_ff']) }
    })
    expect(find('grok-4-3')).toMatchObject({
      ...{ contextTokens: 1_000_000, maxOutputTokens: null, reads: ['text', 'image'] },
      ...{ privacy: 'Anonymized', releasedOn: '2026-04-30', dearerAboveTokens: 200_000 },
      usdPerMillionTokens: { input: '1.3754', output: '2.75028', cacheRead: '0.22048' },
      features: expect.arrayContaining(['Tool calling', 'Structured output'])
    })
  })

  it('asks Katana with --live, without an account, and says when it cannot be reached', async () => {
    const { bursar } = newTerminal({ env: { KATANA_URL: 'http://127.0.0.1:9' } })
    expect(await bursar('models', '--live')).toMatchObject({
      code: 7,
      err: expect.stringContaining('service/unreachable')
    })
    expect(await bursar('models', '--live', '--url', 'x')).toMatchObject({ code: 2 })
  })
})

describe('what a service is asked for', () => {
  it('ends with 2 when it is asked wrongly, before anything is sent', async () => {
    const { bursar } = newTerminal({ env })
    const paid = ['--max-amount', '1']
    const wrong: [argv: string[], why: RegExp][] = [
      [['image'], /missing required argument/],
      [['image', 'x'], /Add --max-amount/],
      [['image', 'x', '-o', '/dev/null/x', ...paid], /Nothing can be saved in/],
      [['video', 'x', '--duration', 'long', ...paid], /whole number from 1/],
      [['chat', 'x', '--billing', 'x', ...paid], /Allowed choices are auto, direct, wallet, key/],
      [['chat', 'x', '--billing', 'key', ...paid], /needs KATANA_API_KEY/],
      [['chat', 'x', '--max-tokens', '0', ...paid], /whole number from 1/],
      [['topup', 'much', ...paid], /amount\/malformed/],
      [['topup', '1', '--service', 'elsewhere', ...paid], /Allowed choices are katana, venice/],
      [['topup', '1', '--network', 'solana', ...paid], /solana/i],
      [['jobs', 'resume', '../etc/passwd'], /1 to 128 letters/],
      [['jobs', '--days', 'x'], /Days are a number/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar(...argv), argv.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringMatching(why)
      })
    expect((await bursar('jobs')).out).toBe('There are no jobs.\n')
  })
})

describe('bursar proxy and mcp', () => {
  it('M53: do not start without a limit on a sum, and say what to add', async () => {
    const { bursar } = newTerminal({ env })
    for (const verb of ['proxy', 'mcp'])
      expect(await bursar(verb, '--max-amount', '0.25')).toMatchObject({
        code: 2,
        err: expect.stringMatching(new RegExp(`bursar ${verb} needs a limit on a sum.*--limit day=5\\.00`))
      })
    const agents = ['--agent', 'a=day:1', '--agent', 'b=payment:1']
    expect(await bursar('proxy', '--max-amount', '0.25', ...agents)).toMatchObject({
      code: 2,
      err: expect.stringContaining('needs a limit on a sum')
    })
  })

  it('end with 2 when they are used wrongly, before they listen', async () => {
    const { bursar } = newTerminal({ env: { ...env, BURSAR_PROXY_TOKEN: 'short' } })
    const limits = ['--max-amount', '1', '--limit', 'day=5']
    const wrong: [argv: string[], why: RegExp][] = [
      [['proxy', ...limits], /BURSAR_PROXY_TOKEN needs at least 16/],
      [['proxy', '--service', 'x', ...limits], /Allowed choices are katana/],
      [['proxy', '--service', 'tokenhub', ...limits], /set TOKENHUB_API_KEY/],
      [['proxy', '--port', 'x', ...limits], /A port is a number/],
      [['proxy', '--agent', 'a b', ...limits], /--agent wants a name/],
      [['proxy', '--agent', 'a=often:1', ...limits], /There is no limit "often"/],
      [['proxy', '--agent', 'a=day', ...limits], /--agent wants a name/],
      [['proxy', '--agent', 'a', '--agent', 'a', ...limits], /share one name/],
      [['proxy', '--limit', 'day='], /bursar limits unset day/],
      [['mcp', '--limit', 'daily=1'], /There is no limit "daily"/],
      [['mcp', '--http', '--port', '-1'], /A port is a number/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar(...argv), argv.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringMatching(why)
      })
  })
})

describe('bursar dev', () => {
  it('ends with 2 when it is used wrongly', async () => {
    const { bursar } = newTerminal()
    const wrong: [argv: string[], why: RegExp][] = [
      [['dev', '--network', 'bitcoin'], /Allowed choices are base, solana, all/],
      [['dev', '--port', 'x'], /A port is a number/],
      [['dev', '--funds', 'much'], /written as 0\.25/],
      [['dev', 'fund'], /missing required argument/],
      [['dev', 'fund', '0x1', '5'], /paste the lines that bursar dev printed/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar(...argv), argv.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringMatching(why)
      })
  })
})
