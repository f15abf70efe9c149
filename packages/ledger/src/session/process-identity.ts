import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** What distinguishes a process from every other: the machine and its boot, the process id, and the start time. */
export interface ProcessIdentity {
  /** Host name, boot and process namespace. Empty where the system does not say: then it proves nothing. */
  readonly machine: string
  readonly pid: number
  /** In the system's own unit. */
  readonly started: string
}

let own: ProcessIdentity | undefined

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  own ??= { machine: machineName() ?? '', pid: process.pid, started: startOf(process.pid) ?? '' }
  return own
}

/**
 * Whether a process has provably ended: it ran on this machine, in this boot and in our process namespace, and its number
 * is free or belongs to another process by now. Everything else proves nothing.
 */
export function isProvenGone(process: ProcessIdentity): boolean {
  if (!isOnThisMachine(process) || process.started === '') return false
  return startOf(process.pid) !== process.started
}

/** Whether a process runs, or ran, on this machine, in this boot and in our process namespace. */
export function isOnThisMachine({ machine }: Pick<ProcessIdentity, 'machine'>): boolean {
  return machine !== '' && machine === ownIdentity().machine
}

function machineName(): string | undefined {
  const boot = readSystem('/proc/sys/kernel/random/boot_id')
  const namespace = readNamespace()
  return boot === undefined || namespace === undefined ? undefined : `${hostname()} ${boot} ${namespace}`
}

/** The 22nd field of `/proc/PID/stat`, counted after the command's name, which may hold blanks. */
function startOf(pid: number): string | undefined {
  const stat = readSystem(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

function readSystem(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}

function readNamespace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return undefined
  }
}
