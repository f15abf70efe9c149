import { expect, it } from 'vitest'
import { evaluateStatements, numbersIn, readStatements } from './evaluate-statements.js'

it('S41: reads the numbers that a name names, one by one, and no range', () => {
  expect([...numbersIn('Katana', 'a proof Katana 5 and 54: costs')]).toEqual([5, 54])
  expect([...numbersIn('Katana', 'Katana 77, 79, 80 and 81: is charged')]).toEqual([77, 79, 80, 81])
  expect([...numbersIn('Katana', 'Katana 138 to 141: is an MP4')]).toEqual([138])
  expect([...numbersIn('Katana', 'peers defect 7: is not settled')]).toEqual([])
})

it('S42: a statement passes by tests of the client; the gateway’s own count where it is the server’s alone', () => {
  const { service, statements } = readStatements(
    '# Katana, all of it\n\n1. [S] One.\n2. [A] Two.\n3. [E1] Three.\n4. [S] Four. (server only: it is inside)\n5. [S] Five. (server only: too)\n'
  )
  const test = (fullName: string, status = 'passed', isGateway = false) => ({ fullName, status, isGateway })
  const verdicts = evaluateStatements(service, statements, [
    test('x Katana 1: a'),
    test('x Katana 1 and 2: b', 'failed'),
    test('Katana 3: c', 'passed', true),
    test('Katana 4: d', 'passed', true),
    test('Katana 5: e', 'skipped', true)
  ])
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['fail', 'fail', 'untested', 'pass', 'untested'])
  expect(verdicts.map(({ clientTests, gatewayTests }) => [clientTests, gatewayTests])).toEqual([
    [2, 0],
    [1, 0],
    [0, 1],
    [0, 1],
    [0, 0]
  ])
  expect(verdicts[3]?.serverOnly).toBe('it is inside')
})

it('reads a statement that goes on in the lines below it', () => {
  const { statements } = readStatements(
    '# Katana\n\n1. [S] One\n   thing. (server only: it is\n   inside)\n2. [S] Two.\n'
  )
  expect(statements).toEqual([
    { number: 1, text: '[S] One thing. (server only: it is inside)', serverOnly: 'it is inside' },
    { number: 2, text: '[S] Two.' }
  ])
})
