import { expect, it } from 'vitest'
import { payer } from '../../test/paying-terminal.js'

it.each<[argv: string[], why: RegExp]>([
  [[], /Say how much/],
  [['--by', '5'], /belong together/],
  [['--keep-above', '2'], /belong together/],
  [['1', '--keep-above', '2', '--by', '5'], /leave the first one out/],
  [['--keep-above', '-1', '--by', '5'], /written as 0\.25/],
  [['one', '--max-amount', '1'], /one/]
])('P69: bursar topup %j is a mistake of the command line, in one line', async (argv, why) => {
  const { bursar } = payer()
  const { code, out, err } = await bursar('topup', ...argv)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/^[^\n]+\n$/)
  expect(err).toMatch(why)
})
