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
