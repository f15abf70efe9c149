import { expect, it } from 'vitest'
import { evaluateStatements, numbersIn, readStatements } from './evaluate-statements.js'

it('reads the numbers that a name names, one by one, in lists and in ranges', () => {
  expect([...numbersIn('Katana', 'a proof Katana 5 and 54: costs')]).toEqual([5, 54])
  expect([...numbersIn('Katana', 'Katana 77, 79, 80 and 81: is charged')]).toEqual([77, 79, 80, 81])
  expect([...numbersIn('Katana', 'Katana 138 to 141 and 144: is an MP4')]).toEqual([138, 139, 140, 141, 144])
  expect([...numbersIn('Katana', 'peers defect 7: is not settled')]).toEqual([])
})

it('passes a statement when every test that names it passes, and fails it otherwise', () => {
  const { service, statements } = readStatements(
    '# Katana, all of it\n\n1. [S] One.\n2. [A] Two.\n3. [E1] Three.\n'
  )
  const verdicts = evaluateStatements(service, statements, [
    { fullName: 'x Katana 1: a', status: 'passed' },
    { fullName: 'x Katana 1 and 2: b', status: 'failed' },
    { fullName: 'Katana 3: c', status: 'skipped' }
  ])
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['fail', 'fail', 'untested'])
})
