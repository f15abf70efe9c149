#!/usr/bin/env node
// Stands in for `docker run --network none`: runs the command in a network namespace that has only loopback.
import { spawnSync } from 'node:child_process'

const argv = process.argv.slice(2)
const image = argv.indexOf('node:22')
const expected = [
  'run',
  '--rm',
  '--network',
  'none',
  '--volume',
  `${process.cwd()}:/work`,
  '--workdir',
  '/work'
]
if (image < 0 || JSON.stringify(argv.slice(0, image)) !== JSON.stringify(expected)) {
  process.stderr.write(`The stand-in for docker does not know: ${argv.join(' ')}\n`)
  process.exit(125)
}
const inside = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh']
const ways = [
  ['unshare', '--net', ...inside],
  ['unshare', '--net', '--map-root-user', ...inside]
]
const way = ways.find(([program, ...args]) => spawnSync(program, [...args, 'true']).status === 0) ?? []
if (way.length === 0)
  process.stderr.write('No network namespace can be made here: it runs with this machine’s network.\n')
const [program, ...args] = [...way, ...argv.slice(image + 1)]
process.exit(spawnSync(program, args, { stdio: 'inherit' }).status ?? 1)
