import { configDefaults, type ViteUserConfig } from 'vitest/config'
import everything from './vitest.config.js'

/** The tests that need Chromium, which only some machines have. */
const config: ViteUserConfig = {
  ...everything,
  test: { ...everything.test, include: ['test/browser/**/*.test.ts'], exclude: configDefaults.exclude }
}

export default config
