/**
 * Blocks this thread for a moment. Only for moments at which nothing else can go on: while a file is created, and at
 * the end of the process.
 */
export function waitSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
