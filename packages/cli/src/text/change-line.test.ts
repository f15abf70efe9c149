import { expect, it } from 'vitest'
import { payment, settledChange } from '../../test/settled-change.js'
import { changeLine } from './change-line.js'

it('one change is one line within the terminal', () => {
  const line = changeLine(
    settledChange({ ...payment, path: `/${'long/'.repeat(30)}end`, labels: { agent: 'research' } }),
    80
  )
  expect(line).toMatch(/^\d\d:\d\d:\d\d +settled +0\.01 USDC +Base +a\.example.*….*end +research\n$/)
  expect(line.length).toBeLessThanOrEqual(81)
})

it('says who has stopped payments, and why, and that they go on', () => {
  const frozen = { type: 'frozen', atMs: 0, by: 'me on host', reason: 'the key may be known' } as const
  expect(changeLine(frozen)).toMatch(/ {2}frozen {5}by me on host: the key may be known\n$/)
  expect(changeLine({ type: 'thawed', atMs: 0 })).toMatch(/ {2}thawed {5}payments go on\n$/)
})

it('what others chose cannot drive the terminal', () => {
  const line = changeLine(settledChange({ ...payment, labels: { agent: '\u001B[2J\u202Egone\n' } }), 200)
  expect(line).toContain('\\u{1b}[2J\\u{202e}gone\\u{a}')
  expect(line.endsWith('\n')).toBe(true)
  expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})
