/** What is started in place of a program, so that the program ends with this process. */
export interface SupervisedCommand {
  readonly program: string
  readonly args: readonly string[]
}

/**
 * Puts a small program between this process and another one. Its standard input is a pipe that the kernel closes when
 * this process ends in any way, SIGKILL included; it then kills the other one. It is run from text, so that it works in
 * the sources and in a bundle.
 */
export function superviseCommand(binary: string, args: readonly string[]): SupervisedCommand {
  // A shell starts in a few milliseconds, and Node in forty.
  if (process.platform !== 'win32') return { program: 'sh', args: ['-c', shellSource, binary, ...args] }
  return { program: process.execPath, args: ['-e', nodeSource, binary, ...args] }
}

// The watcher is killed before the shell ends, because the number of a process that is gone can be another's by then.
const shellSource = `
exec 3<&0
"$0" "$@" </dev/null 3<&- &
child=$!
{ cat <&3 >/dev/null 2>&1; kill -9 $child; } 2>/dev/null &
watcher=$!
exec 3<&- </dev/null
trap 'kill -9 $child' INT TERM HUP
wait $child
code=$?
kill -9 $watcher 2>/dev/null
exit $code
`

const nodeSource = `
const { spawn } = require('node:child_process')
const [binary, ...args] = process.argv.slice(1)
const child = spawn(binary, args, { stdio: ['ignore', 'inherit', 'inherit'] })
const end = () => child.kill('SIGKILL')
child.on('error', (error) => { console.error(error.message); process.exit(1) })
child.on('exit', (code) => process.exit(code ?? 0))
process.stdin.on('end', end).on('close', end).on('error', end).resume()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
`
