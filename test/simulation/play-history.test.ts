import { expect, it } from 'vitest'
import { runCampaign } from './campaign.js'
import { mutants } from './mutants.js'
import { playHistory } from './play-history.js'
import { showHistory } from './show-history.js'

it('plays one history for one seed, to the last event', async () => {
  for (const seed of [3, 4, 5]) {
    const query = { seed, purchases: 20, keepsLines: true }
    const [first, again] = [await playHistory(query), await playHistory(query)]
    expect(again.lines).toEqual(first.lines)
    expect(again.hash).toBe(first.hash)
  }
})

it('plays another history for another seed', async () => {
  const hashes = new Set<string>()
  for (const seed of [1, 2, 3, 4, 5]) hashes.add((await playHistory({ seed, purchases: 5 })).hash)
  expect(hashes.size).toBe(5)
})

it('holds the promise, whatever goes wrong', async () => {
  const { broken, purchases, crashes, settled, answered } = await runCampaign({ seed: 100, purchases: 800 })
  expect(broken?.violations ?? []).toEqual([])
  expect(purchases).toBe(800)
  // It all happens.
  expect(crashes).toBeGreaterThan(100)
  expect(settled).toBeGreaterThan(400)
  expect(answered).toBeGreaterThan(400)
}, 300_000)

it('replays a history that breaks the promise by its seed, and shows what went wrong in it', async () => {
  const [mutant] = mutants.filter(({ belief }) => belief.includes('will never settle'))
  if (!mutant) throw new TypeError('That mutant is gone')
  const { broken } = await runCampaign({ seed: 1, purchases: 4_000, mutant })
  if (!broken) throw new TypeError('It was not found')
  const { seed, purchases, hash, violations } = broken
  const again = await playHistory({ seed, purchases, mutant, keepsLines: true })
  expect(again.hash).toBe(hash)
  expect(again.violations).toEqual(violations)
  const shown = showHistory(again)
  expect(shown.some((line) => line.includes(`!!! ${violations[0]}`))).toBe(true)
  expect(shown.length).toBeLessThan(again.lines.length / 2)
}, 300_000)
