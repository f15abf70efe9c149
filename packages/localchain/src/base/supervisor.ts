/**
 * The program that runs between this process and anvil. Its standard input is a pipe that the kernel closes when this
 * process ends in any way, SIGKILL included; the program then kills anvil. It is run from text, so that it works in the
 * sources and in a bundle.
 */
export const supervisorSource = `
const { spawn } = require('node:child_process')
const [binary, ...args] = process.argv.slice(1)
const child = spawn(binary, args, { stdio: ['ignore', 'inherit', 'inherit'] })
const end = () => child.kill('SIGKILL')
child.on('error', (error) => { console.error(error.message); process.exit(1) })
child.on('exit', (code) => process.exit(code ?? 0))
process.stdin.on('end', end).on('close', end).on('error', end).resume()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
`
