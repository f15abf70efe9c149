import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { brokenExamples } from './docstring-examples.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

const path = 'packages/fetch/src/flow/call-options.ts'

it('an example may use what packages export and a few given names, and one of a member has to fit its type, or one that holds it', () => {
  const text = `export interface CallOptions {
  /** @example { tenant: 'user-7' } */
  tenant?: string
  /** @example { bursar: { labels: { agent: 'research' } } } */
  labels?: string
  /** @example { signIn: 'never' } */
  signIn?: string
  /** @example { bursar: { inFlight: 'joined' } } */
  inFlight?: string
  /** @example 42 */
  again?: boolean
}
/**
 * @example
 * \`\`\`ts
 * const paying = createBursar({ evm: process.env.EVM_PRIVATE_KEY, limits: { payment: '0.25' } })
 * const response = await paying.fetch(url)
 * \`\`\`
 */
export function first(): void {}
/** @example createBurser({ limits }) */
export function second(): void {}
/** @example await bursar.fetch(url, { bursar: { sighIn: false } }) */
export function third(): void {}
/** @example await writeFile('report.json', body) */
export function fourth(): void {}
`
  const found = brokenExamples([{ path, text }], root)
  expect(found).toEqual([
    { place: `${path}:6`, problem: expect.stringContaining(`'"never"' is not assignable to type`) },
    { place: `${path}:8`, problem: expect.stringContaining("'bursar' does not exist in type") },
    { place: `${path}:10`, problem: expect.stringContaining("'42' does not satisfy the expected type") },
    { place: `${path}:21`, problem: expect.stringContaining("Cannot find name 'createBurser'") },
    { place: `${path}:23`, problem: expect.stringContaining("'sighIn' does not exist in type") },
    { place: `${path}:25`, problem: expect.stringContaining("Cannot find name 'writeFile'") }
  ])
})
