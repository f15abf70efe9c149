import { defineConfig } from '@playwright/test'

// Each worker starts a stack of its own. The first test of a worker waits for the chains.
export default defineConfig({ timeout: 60_000, workers: 1, reporter: 'list', outputDir: 'test-results' })
