#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { isJsonObject } from '@bursar/core'
import { exitCodes } from './exit-code.js'
import type { Io } from './io.js'
import { useEnvironmentProxy } from './process/environment-proxy.js'
import { keepHeapSmall } from './process/small-heap.js'
import { standardOutput } from './process/standard-output.js'
import { run } from './run.js'
import { askLine } from './wallet/ask-line.js'

const { env, stdin, stdout, stderr } = process
const output = standardOutput(stdout)
const err = (text: string): void => void stderr.write(text)

const io: Io = {
  env,
  columns: stdout.isTTY ? stdout.columns : undefined,
  errColumns: stderr.isTTY ? stderr.columns : undefined,
  out: output.out,
  write: output.write,
  isOutClosed: output.isOutClosed,
  err,
  ask: stdin.isTTY && stderr.isTTY ? askLine : undefined
}
const argv = process.argv.slice(2)
keepHeapSmall(argv)
await useEnvironmentProxy(env)
const { code, hasReserved } = await run(argv, io, readVersion())
const unwritten = await output.flush()
if (unwritten) err(`Standard output could not be written: ${unwritten.message}\n`)
const unwrittenCode = hasReserved ? exitCodes.paidWithoutAnswer : exitCodes.failed
process.exitCode = unwritten && code === exitCodes.done ? unwrittenCode : code

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return isJsonObject(manifest) && typeof manifest.version === 'string' ? manifest.version : 'unknown'
}
