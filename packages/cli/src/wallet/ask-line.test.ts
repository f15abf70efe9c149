import { PassThrough } from 'node:stream'
import { expect, it, onTestFinished } from 'vitest'
import { askLine } from './ask-line.js'

/** A keyboard of a test, and what the terminal shows. */
function newKeyboard() {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const shown: string[] = []
  output.on('data', (bytes) => shown.push(String(bytes)))
  return { input, output, shown: () => shown.join('') }
}

/** Counts the interruptions of this process in place of ending it. */
function countInterrupts(): () => number {
  let count = 0
  const note = (): void => void count++
  const others = process.listeners('SIGINT')
  process.removeAllListeners('SIGINT').on('SIGINT', note)
  onTestFinished(() => {
    process.off('SIGINT', note)
    for (const other of others) process.on('SIGINT', other)
  })
  return () => count
}

it.each([true, false])(
  'Ctrl-C at a question interrupts the command, as anywhere (shown: %s)',
  async (isShown) => {
    const interrupts = countInterrupts()
    const keyboard = newKeyboard()
    const asked = askLine('Type yes: ', { isShown }, keyboard)
    keyboard.input.write('\u0003')
    await expect(asked).rejects.toThrow('Nothing was entered')
    expect(interrupts()).toBe(1)
    expect(keyboard.shown()).toMatch(/^[^\n]*Type yes: [^\n]*\r?\n/)
  }
)

it('shows what is typed where it is no secret, and nothing of it where it is', async () => {
  const [open, secret] = [newKeyboard(), newKeyboard()]
  const answers = [
    askLine('Type yes: ', { isShown: true }, open),
    askLine('Passphrase: ', {}, secret)
  ] as const
  for (const { input } of [open, secret]) input.write('horse\n')
  expect(await Promise.all(answers)).toEqual(['horse', 'horse'])
  expect(open.shown()).toContain('horse')
  expect(secret.shown()).toBe('Passphrase: \n')
})

it('an input that ends has entered nothing, and interrupts nothing', async () => {
  const interrupts = countInterrupts()
  const { input, output } = newKeyboard()
  const asked = askLine('Type yes: ', {}, { input, output })
  input.end()
  await expect(asked).rejects.toThrow('Nothing was entered')
  expect(interrupts()).toBe(0)
})

it.each([true, false])(
  'a question that is taken back ends, and leaves the terminal as it was (shown: %s)',
  async (isShown) => {
    const { input, output, shown } = newKeyboard()
    const caller = new AbortController()
    const asked = askLine('Pay? ', { isShown, signal: caller.signal }, { input, output })
    caller.abort()
    await expect(asked).rejects.toThrow('taken back')
    expect(shown()).toMatch(/Pay\? [^\n]*\n/)
    const before = shown()
    // The next line is for the next question.
    input.write('y\n')
    await new Promise((resolve) => setImmediate(resolve))
    expect(shown()).toBe(before)
    expect(input.listenerCount('keypress')).toBe(0)
    expect(output.listenerCount('resize')).toBe(0)
  }
)

it('a question whose caller is gone before its turn is never asked', async () => {
  const { input, output, shown } = newKeyboard()
  const asked = askLine('Pay? ', { signal: AbortSignal.abort() }, { input, output })
  await expect(asked).rejects.toThrow('taken back')
  expect(shown()).toBe('')
})

it('a question that is answered lets go of the keyboard: of the next, each letter is shown once', async () => {
  const { input, output, shown } = newKeyboard()
  for (const _ of [1, 2]) {
    const asked = askLine('Pay? ', { isShown: true }, { input, output })
    input.write('yes\n')
    expect(await asked).toBe('yes')
  }
  expect(input.listenerCount('keypress')).toBe(0)
  expect(shown().match(/yes/g)).toEqual(['yes', 'yes'])
})
