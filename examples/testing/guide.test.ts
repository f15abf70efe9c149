import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const guide = await readFile(new URL('../../docs/guides/testing.md', import.meta.url), 'utf8')

it.each([
  'vitest/agent.test.ts',
  'jest/agent.test.js',
  'node-test/agent.test.js',
  'playwright/agent.spec.ts'
])('docs/guides/testing.md shows %s as it is run', async (file) => {
  expect(guide).toContain(`\n${await readFile(new URL(file, import.meta.url), 'utf8')}\`\`\`\n`)
})
