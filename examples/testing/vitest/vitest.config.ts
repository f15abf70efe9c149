import { defineConfig } from 'vitest/config'

// The first test of a file waits for the chains.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } })
