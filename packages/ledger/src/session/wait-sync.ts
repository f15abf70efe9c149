/** Stops this thread for a moment. For where nothing else can go on: at the making of a file, and at the end of the process. */
export function waitSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
