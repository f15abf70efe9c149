import { configDefaults, type ViteUserConfig } from 'vitest/config'
import everything from './vitest.config.js'

/** The tests that need Chromium, which only some machines have. */
const config: ViteUserConfig = {
  ...everything,
  // One Chromium at a time, and longer than a second for what it does: it is slow to begin on a machine of two cores.
  test: {
    ...everything.test,
    include: ['test/browser/**/*.test.ts'],
    exclude: configDefaults.exclude,
    fileParallelism: false,
    expect: { poll: { timeout: 15_000 } }
  }
}

export default config
