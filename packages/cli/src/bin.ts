#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { isJsonObject } from '@bursar/core'
import { run } from './run.js'
import { askHidden } from './wallet/ask-hidden.js'

const { env, stdin, stdout, stderr } = process

// The program that reads the output may end before it has read all of it, as head does.
stdout.on('error', () => {})

process.exitCode = await run(
  process.argv.slice(2),
  {
    env,
    columns: stdout.isTTY ? stdout.columns : undefined,
    out: (text) => void stdout.write(text),
    // The callback is also called when the reader is gone.
    write: (bytes) => new Promise((resolve) => void stdout.write(bytes, () => resolve())),
    err: (text) => void stderr.write(text),
    ask: stdin.isTTY && stderr.isTTY ? askHidden : undefined
  },
  readVersion()
)

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return isJsonObject(manifest) && typeof manifest.version === 'string' ? manifest.version : 'unknown'
}
