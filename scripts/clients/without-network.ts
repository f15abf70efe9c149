import { spawnSync } from 'node:child_process'

/** The ways into a namespace whose only network is loopback: as root, and as a user who may make one. */
const namespaces = [
  ['unshare', '--net'],
  ['unshare', '--net', '--map-root-user']
]

/** Runs a program where nothing but loopback can be reached. @returns its exit code. */
export function runWithoutNetwork(command: readonly string[]): number {
  const inside = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh']
  const namespace = namespaces.find(([program = '', ...args]) => {
    return spawnSync(program, [...args, ...inside, 'true']).status === 0
  })
  if (!namespace)
    console.log(
      'No network namespace can be made here: the settings of the clients alone keep them on this machine.'
    )
  const [program = '', ...args] = namespace ? [...namespace, ...inside, ...command] : command
  return spawnSync(program, args, { stdio: 'inherit' }).status ?? 1
}
