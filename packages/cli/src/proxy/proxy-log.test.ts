import { expect, it } from 'vitest'
import { balanceLine, listeningLine, openProxyLog } from './proxy-log.js'

const note = { agent: 'default', path: '/v1/messages', status: 402, ms: 4, atMs: 0 }

function logOf(terminal: { readonly columns?: number; readonly errColumns?: number }, hasProgram: boolean) {
  const lines: string[] = []
  const log = openProxyLog({ err: (text) => void lines.push(text), ...terminal }, hasProgram)
  log.onAnswered?.({ ...note, problem: 'offer/over-limit' })
  return lines.join('')
}

it('has a line for each answer, with the code of an error', () => {
  const line = /^\d\d:\d\d:\d\d {2}default {2}\/v1\/messages {2}402 {2}4 ms {2}offer\/over-limit\n$/
  expect(logOf({ columns: 80, errColumns: 80 }, false)).toMatch(line)
  for (const terminal of [{}, { columns: 80 }, { errColumns: 80 }])
    expect(logOf(terminal, true), JSON.stringify(terminal)).toMatch(line)
})

it('writes nothing over the screen of a program that has the terminal, and says where it is to be had', () => {
  expect(logOf({ columns: 80, errColumns: 80 }, true)).toMatch(
    /^What each answer costs [^\n]*bursar history[^\n]*\n$/
  )
})

it('says who reaches it: programs on this machine, or on others too', () => {
  const url = 'http://127.0.0.1:8402'
  for (const bind of [undefined, '127.0.0.1', '::1'])
    expect(listeningLine(url, bind)).toBe(
      `Listening on ${url}, for programs on this machine that have a token. Ctrl-C ends it.\n`
    )
  expect(listeningLine(url, '0.0.0.0')).toBe(
    `Listening on ${url}, for programs on this machine and on others that have a token. Ctrl-C ends it.\n`
  )
})

it('says how often a balance is topped up, and what becomes of what it cannot pay', () => {
  const topUp = { amount: '2', perDay: '10' }
  const rule = 'topped up by 2 USDC when it runs short, 10 USDC a day at most.'
  expect(balanceLine({ name: 'katana', topUp })).toContain(`${rule} What it cannot pay is paid directly`)
  const often = { ...topUp, cooldownMs: 5000 }
  expect(balanceLine({ name: 'venice', topUp: often })).toMatch(/10 USDC a day and once in 5 s at most\.\n$/)
})
