#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { askHidden } from './ask-hidden.js'
import { run } from './run.js'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}

// Whoever reads may leave before the end: head does.
process.stdout.on('error', () => {})

process.exitCode = await run(
  process.argv.slice(2),
  {
    env: process.env,
    out: (text) => void process.stdout.write(text),
    tell: (text) => void process.stderr.write(text),
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askHidden } : {})
  },
  version
)
