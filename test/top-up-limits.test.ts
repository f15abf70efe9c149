import { expect, it } from 'vitest'
import { pageSnippets, textOf } from './page-snippets.js'

/** What puts money on a balance, in a program and on a command line. */
const topUps = [
  /(?:topUp|katana|venice): \{ amount: ['"]([\d.]+)/g,
  /(?:--topup|bursar topup|-- topup) ([\d.]+)/g
]
const limits = [/payment: ['"]([\d.]+)/g, /(?:payment=|--max-amount )([\d.]+)/g]
/** Atomic USDC that a service asks for the gas of a top-up, at least. */
const GAS = 3_938

it('P1, P2: where a snippet shows a top-up, it or its page shows a limit that allows it', () => {
  const snippets = pageSnippets().filter(({ page, code }) => isGuide(page) && highest(topUps, code) > 0)
  expect(snippets.map(({ page }) => page)).toEqual(
    expect.arrayContaining(['docs/guides/sdks.md', 'docs/guides/policy.md'])
  )
  const short = snippets.filter(({ page, code }) => {
    const limit = highest(limits, code) || highest(limits, textOf(page))
    return highest(topUps, code) + GAS > limit
  })
  expect(short.map(({ page, line }) => `${page}:${line}`)).toEqual([])
})

it('P1: the first limits of who writes an agent allow the top-ups of the page that it leads to', () => {
  const first = highest(limits, textOf('docs/agent-developer.md'))
  expect(first).toBeGreaterThan(highest(topUps, textOf('docs/guides/sdks.md')) + GAS)
})

/** A page that users are led through. */
function isGuide(page: string): boolean {
  return /^(?:README\.md|docs\/(?!conformance|decisions)|packages\/\w+\/README\.md)/.test(page)
}

/** The highest amount that the patterns find, in atomic USDC; 0 where they find none. */
function highest(patterns: readonly RegExp[], text: string): number {
  const amounts = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, amount]) => Number(amount))
  )
  return Math.round(Math.max(0, ...amounts) * 1_000_000)
}
