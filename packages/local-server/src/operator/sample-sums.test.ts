import { expect, it } from 'vitest'
import { Durations, SampleSums } from './sample-sums.js'

it('a histogram is whole for as many agents as are counted, and no more are kept', () => {
  const durations = new Durations()
  for (let agent = 0; agent < 1_200; agent++) durations.add({ agent: String(agent) }, 0.3)
  const suffixes = new Map<string | undefined, number>()
  for (const { suffix } of durations.samples) suffixes.set(suffix, (suffixes.get(suffix) ?? 0) + 1)
  expect(Object.fromEntries(suffixes)).toEqual({ _bucket: 12_000, _sum: 1_000, _count: 1_000 })
})

it('what comes beyond the sets of labels that are kept is not counted', () => {
  const sums = new SampleSums(1)
  for (const label of ['a', 'b', 'a']) sums.add({ label })
  expect(sums.samples).toEqual([{ labels: { label: 'a' }, value: 2 }])
})
