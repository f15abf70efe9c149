import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('packages', import.meta.url))

export default defineConfig({
  resolve: {
    // Tests read the sources, so that no build stands between an edit and its test.
    alias: [
      { find: /^@bursar\/([\w-]+)$/, replacement: `${packages}/$1/src/index.ts` },
      { find: /^@bursar\/([\w-]+)\/([\w-]+)$/, replacement: `${packages}/$1/src/$2.ts` },
      { find: /^#crypto$/, replacement: `${packages}/evm/src/crypto-node.ts` },
      { find: /^#ed25519$/, replacement: `${packages}/solana/src/ed25519-node.ts` },
      { find: /^#public-key$/, replacement: `${packages}/siwx/src/public-key-node.ts` },
      { find: /^#platform$/, replacement: `${packages}/fetch/src/platform-node.ts` },
      { find: /^#default-ledger$/, replacement: `${packages}/bursar/src/default-ledger-node.ts` },
      { find: /^#sqlite$/, replacement: `${packages}/ledger/src/stores/sqlite/library/default.ts` },
      { find: /^#disk$/, replacement: `${packages}/generation/src/shared/disk-node.ts` },
      { find: /^bursar\/([\w-]+)$/, replacement: `${packages}/bursar/src/$1.ts` },
      { find: /^bursar$/, replacement: `${packages}/bursar/src/index.ts` }
    ]
  },
  test: {
    // Nothing of a test goes into the ledger of whoever runs it.
    env: { BURSAR_HOME: join(tmpdir(), `bursar-test-${process.pid}`) },
    include: [
      'packages/*/src/**/*.test.ts',
      'examples/**/*.test.ts',
      'test/**/*.test.ts',
      'scripts/**/*.test.ts'
    ],
    // They need Chromium: npm run test:browser.
    exclude: [...configDefaults.exclude, 'test/browser/**'],
    retry: 0,
    // Chains, child processes and two busy cores take their time (a test of three seconds has taken fifty): these end what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What is waited for is looked at often, and given up only when it hangs: the default is a second, which measures.
    expect: { poll: { timeout: 60_000, interval: 10 } },
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      // What runs in a browser, a Worker or another runtime alone is tested there.
      exclude: [
        '**/*.test.ts',
        '**/*.test-d.ts',
        '**/index.ts',
        'packages/dashboard/src/page/**',
        'packages/ledger/src/stores/{indexed-db,durable-object}/**',
        'packages/ledger/src/stores/sqlite/library/{bun-sqlite,deno,node-sqlite}.ts'
      ],
      reporter: ['json-summary'],
      reportsDirectory: 'coverage'
    },
    // Two cores: chains and servers of the tests need one.
    maxWorkers: 2
  }
})
