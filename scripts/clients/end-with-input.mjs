/**
 * Loaded before a command that has nothing to read: interrupts it when its input ends, which is also when the process that
 * started it is gone, however that ended.
 */
process.stdin.on('end', () => process.kill(process.pid, 'SIGINT')).resume()
process.stdin.unref()
