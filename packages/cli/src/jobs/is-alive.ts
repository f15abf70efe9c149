/** Whether another process of this number runs. It may be another one than is meant, once the first has ended. */
export function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs, for another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
