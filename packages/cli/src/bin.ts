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
import { oneAtATime } from './wallet/one-at-a-time.js'

const { env, stdin, stdout, stderr } = process
const output = standardOutput(stdout)
const err = (text: string): void => void stderr.write(text)

const io: Io = {
  env,
  columns: columnsOf(stdout),
  errColumns: columnsOf(stderr),
  out: output.out,
  write: output.write,
  isOutClosed: output.isOutClosed,
  err,
  ask: stdin.isTTY && stderr.isTTY ? oneAtATime(askLine) : undefined
}
const argv = process.argv.slice(2)
keepHeapSmall(argv)
await useEnvironmentProxy(env)
const { code, hasReserved } = await run(argv, io, readVersion())
const unwritten = await output.flush()
if (unwritten) err(`Standard output could not be written: ${unwritten.message}\n`)
const unwrittenCode = hasReserved ? exitCodes.paidWithoutAnswer : exitCodes.failed
process.exitCode = unwritten && code === exitCodes.done ? unwrittenCode : code

/** A terminal of a container may not know how wide it is. */
function columnsOf({ isTTY, columns }: NodeJS.WriteStream): number | undefined {
  return isTTY ? columns || 80 : undefined
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return isJsonObject(manifest) && typeof manifest.version === 'string' ? manifest.version : 'unknown'
}
