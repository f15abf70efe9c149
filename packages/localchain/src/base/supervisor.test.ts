import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { superviseCommand } from './supervisor.js'

const children: ChildProcessWithoutNullStreams[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.stdin.destroy()
})

/** Starts Node under supervision with a program that prints its process id and stays. */
function start(program = 'console.log(process.pid); setInterval(() => {}, 1000)', binary = process.execPath) {
  const { program: supervisor, args } = superviseCommand(binary, ['-e', program])
  const child = spawn(supervisor, args)
  children.push(child)
  return child
}

async function pidOf(child: ChildProcessWithoutNullStreams): Promise<number> {
  const [chunk] = await once(child.stdout, 'data')
  return Number(String(chunk))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a supervised program', () => {
  it('is killed when the input of its supervisor ends', async () => {
    const child = start()
    const pid = await pidOf(child)
    const exited = once(child, 'exit')
    child.stdin.destroy()
    await exited
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  it('is killed when the process that started it is killed', async () => {
    const { program, args } = superviseCommand(process.execPath, [
      '-e',
      'console.log(process.pid); setInterval(() => {}, 1000)'
    ])
    const starter = `require('node:child_process').spawn(${JSON.stringify(program)}, ${JSON.stringify(args)}, { stdio: ['pipe', 'inherit', 'inherit'] })`
    const parent = spawn(process.execPath, ['-e', starter])
    const pid = await pidOf(parent)
    expect(isRunning(pid)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isRunning(pid)).toBe(false)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is killed when its supervisor gets %s',
    async (signal) => {
      const child = start()
      const pid = await pidOf(child)
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
      await expect.poll(() => isRunning(pid)).toBe(false)
    }
  )

  it('ends its supervisor with its own exit code', async () => {
    const child = start('process.exit(7)')
    expect((await once(child, 'exit'))[0]).toBe(7)
  })

  it('is named when it cannot be started', async () => {
    const child = start('', '/no/such/program')
    let text = ''
    child.stderr.on('data', (chunk) => (text += chunk))
    expect((await once(child, 'exit'))[0]).not.toBe(0)
    await expect.poll(() => text).toContain('/no/such/program')
  })
})
