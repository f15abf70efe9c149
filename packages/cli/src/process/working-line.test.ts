import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startPaidServer } from '../../../../test/loopback/paid-server.js'
import { newTerminal } from '../../test/terminal.js'
import type { Progress } from '../context.js'
import { withWorkingLine } from './working-line.js'

const CLEAR = '\r\u001B[2K'

describe('P65: a command that takes longer than a second', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function start() {
    const screen: string[] = []
    const progress: Progress = {
      hasReserved: false,
      moneyAtStake: 'none',
      handlesInterrupts: false,
      exitCode: 0,
      jsonForm: 'document'
    }
    const write = (text: string): void => void screen.push(text)
    const io = { env: {}, out: write, err: write, write: async () => {}, ask: async () => 'yes' }
    return { screen, progress, ...withWorkingLine(io, progress) }
  }

  it('says so, and takes the line away before anything else is written', () => {
    const { io, screen, end } = start()
    vi.advanceTimersByTime(900)
    expect(screen).toEqual([])
    vi.advanceTimersByTime(1200)
    expect(screen).toEqual([`${CLEAR}Working, 1 s`, `${CLEAR}Working, 2 s`])
    io.out('done\n')
    expect(screen.slice(2)).toEqual([CLEAR, 'done\n'])
    end()
    vi.advanceTimersByTime(5000)
    expect(screen).toHaveLength(4)
  })

  it('hands on how a question is asked', async () => {
    const asked: unknown[] = []
    const { progress } = start()
    const ask = async (...given: unknown[]): Promise<string> => String(asked.push(given))
    const io = { env: {}, out() {}, err() {}, write: async () => {}, ask }
    const line = withWorkingLine(io, progress)
    await line.io.ask?.('Sure?', { isShown: true })
    line.end()
    expect(asked).toEqual([['Sure?', { isShown: true }]])
  })

  it('begins a line of its own for what went wrong, past an answer that broke off and past ^C', () => {
    const { io, screen, startLine, end } = start()
    startLine()
    io.out('half an answ')
    startLine()
    io.err('It failed.\n')
    end()
    expect(screen).toEqual([CLEAR, 'half an answ', '\n', 'It failed.\n'])
  })

  it('does not cut into a line, into a question, or into what runs until it is stopped', async () => {
    const { io, screen, progress, end } = start()
    io.out('half a line')
    vi.advanceTimersByTime(3000)
    io.out('\n')
    progress.handlesInterrupts = true
    vi.advanceTimersByTime(3000)
    progress.handlesInterrupts = false
    const asking = io.ask?.('Name: ')
    vi.advanceTimersByTime(1000)
    await asking
    end()
    expect(screen).toEqual(['half a line', '\n'])
  })
})

describe('--quiet and --verbose', () => {
  it('P65: leave everything but errors out, and say hosts and times, but no path', async () => {
    const { url } = await startPaidServer()
    const { bursar, home } = newTerminal()
    expect((await bursar('freeze', 'a test', '--quiet')).err).toBe('')
    expect((await bursar('thaw', '-q')).err).toBe('')
    expect((await bursar('explain', 'nothing/such', '--quiet')).err).not.toBe('')
    const { err } = await bursar('quote', `${url}/report?key=secret`, '--verbose')
    expect(err).toMatch(/^bursar 1\.2\.3, Node v/)
    expect(err).toContain(`policy in ${home}`)
    expect(err).toMatch(new RegExp(`GET ${new URL(url).origin}: 402, \\d+ ms\\n`))
    expect(err).toMatch(/Done in \d+ ms\.\n$/)
    expect(err).not.toContain('secret')
  })
})
