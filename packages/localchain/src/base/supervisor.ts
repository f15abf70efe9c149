/**
 * The program that stands between us and anvil. Its standard input is a pipe that the kernel closes when
 * this process ends, however it ends, even by SIGKILL; it then kills anvil. It is run from text, so that
 * it works alike from the sources and from a bundle.
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
