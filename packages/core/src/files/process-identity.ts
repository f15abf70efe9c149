import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isError } from '../error/is-error.js'

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

/** What a system tells of the processes of this machine. */
export interface ProcessTable {
  /** When a process began, in the system's own unit. `undefined`: there is none, or it is hidden. */
  startOf(pid: number): string | undefined
  /** Whether no process has this number. A process that is hidden, or belongs to another user, has it. */
  isFree(pid: number): boolean
}

/**
 * Whether a process has provably ended: it ran on this machine, in this boot and in our process namespace, and its number
 * is free or belongs to another process by now. Everything else proves nothing: systems can hide the processes of others
 * from `/proc` (`hidepid`, systemd's `ProtectProc`).
 */
export function isProvenGone(process: ProcessIdentity, table: ProcessTable = systemTable): boolean {
  if (!isOnThisMachine(process) || process.started === '') return false
  const started = table.startOf(process.pid)
  return started === undefined ? table.isFree(process.pid) : started !== process.started
}

/** Whether a process runs, or ran, on this machine, in this boot and in our process namespace. */
export function isOnThisMachine({ machine }: Pick<ProcessIdentity, 'machine'>): boolean {
  return machine !== '' && machine === ownIdentity().machine
}

function machineName(): string | undefined {
  const boot = readSystem('/proc/sys/kernel/random/boot_id')
  const namespace = readNamespace()
  const host = hostName()
  if (boot === undefined || namespace === undefined || host === undefined) return undefined
  return `${host} ${boot} ${namespace}`
}

/** The name of this machine, where this process may know it: Deno asks for a permission. */
export function hostName(): string | undefined {
  try {
    return hostname()
  } catch {
    return undefined
  }
}

const systemTable: ProcessTable = { startOf, isFree: isPidFree }

/** Whether no process has this number. Signal 0 is sent to nobody: the system only says whether it could be. */
export function isPidFree(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return isError(error) && 'code' in error && error.code === 'ESRCH'
  }
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
