import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { changePolicy } from './change-policy.js'
import { type KeyPath, parseKey } from './settings/key-path.js'
import { parseSetting } from './settings/parse-setting.js'

function newFile(name: string, text?: string) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-policy-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const path = join(home, name)
  if (text !== undefined) writeFileSync(path, text, { mode: 0o600 })
  const notSet: KeyPath[] = []
  return {
    home,
    notSet,
    set: (...texts: string[]) => changePolicy({ path, isNamed: false }, { set: texts.map(parseSetting) }),
    unset: (...keys: string[]) =>
      changePolicy(
        { path, isNamed: false },
        { unset: keys.map(parseKey), notSet: (key) => notSet.push(key) }
      ),
    text: () => readFileSync(path, 'utf8')
  }
}

describe('a change', () => {
  it('keeps the comments of YAML, and the order of what is there', async () => {
    const file = newFile(
      'policy.yaml',
      '# Agreed with finance.\nlimits:\n  day: "5.00" # for all agents\n  hosts:\n    KAT.example:\n      day: "1"\n'
    )
    await file.set('limits.payment=0.25', 'limits.hosts.kat.example.day=2', 'allow.payees=pin')
    expect(file.text()).toBe(
      '# Agreed with finance.\nlimits:\n  day: "5.00" # for all agents\n  hosts:\n    KAT.example:\n      day: "2"\n  payment: "0.25"\nallow:\n  payees: pin\n'
    )
    expect(await file.unset('limits.hosts.kat.example', 'allow')).toEqual({
      limits: { day: '5.00', payment: '0.25' }
    })
  })

  it('M46: of several at once loses none, and leaves no other file', async () => {
    const file = newFile('policy.json')
    const names = ['payment', 'minute', 'hour', 'day', 'week', 'month', 'total']
    await Promise.all(names.map((name) => file.set(`limits.${name}=1`)))
    expect(Object.keys(JSON.parse(file.text()).limits).toSorted()).toEqual(names.toSorted())
    expect(readdirSync(file.home)).toEqual(['policy.json'])
  })

  it('that removes what is not set says so, and writes nothing', async () => {
    const text = '{"allow":{"hosts":["a.example"]}}'
    const file = newFile('policy.json', text)
    expect(await file.unset('limits.day', 'limits', 'allow.payees')).toEqual({
      allow: { hosts: ['a.example'] }
    })
    expect(file.notSet).toEqual([['limits', 'day'], ['limits'], ['allow', 'payees']])
    expect(file.text()).toBe(text)
    const none = newFile('policy.json')
    expect(await none.unset('limits.hosts.a.example.day')).toEqual({})
    expect(readdirSync(none.home)).toEqual([])
  })

  it('that removes a setting twice, or what is not set beside what is, removes what is', async () => {
    const file = newFile('policy.json', '{"limits":{"day":"5"},"signIn":false}')
    expect(await file.unset('limits.day', 'limits.day', 'limits', 'allow.hosts')).toEqual({ signIn: false })
    expect(file.notSet).toEqual([['allow', 'hosts']])
  })

  it('after which there would be no policy, or of a file that is none, is not written', async () => {
    const file = newFile('policy.json', '{"limits":{"day":5}}')
    await expect(file.set('limits.day=5')).rejects.toThrow('limits.day must be decimal text in quotes')
    expect(file.text()).toBe('{"limits":{"day":5}}')
    const half = newFile('policy.json', '{}')
    await expect(half.set('confirm.unanswered=pay')).rejects.toThrow('confirm.above')
    expect(half.text()).toBe('{}')
  })
})

describe('a setting', () => {
  it.each([
    ['limits.day=5.00', ['limits', 'day'], '5.00'],
    ['limits.hosts.Kat.Example.payment=0.05', ['limits', 'hosts', 'kat.example', 'payment'], '0.05'],
    ['allow.hosts=a.example, *.b.example', ['allow', 'hosts'], ['a.example', '*.b.example']],
    ['allow.hosts=a.example', ['allow', 'hosts'], ['a.example']],
    ['allow.payees=pin', ['allow', 'payees'], 'pin'],
    ['maxPriceIncrease=3', ['maxPriceIncrease'], 3],
    ['signIn=false', ['signIn'], false],
    ['rpcUrls.eip155:137=https://a.example/?a=1,2', ['rpcUrls', 'eip155:137'], 'https://a.example/?a=1,2']
  ])('%s is read', (text, path, value) => {
    expect(parseSetting(text)).toEqual({ path, value })
  })

  it.each([
    ['limits.day=', /bursar policy unset limits\.day/],
    ['limits.daily=1', /Did you mean limits\.day\?/],
    ['limits=1', /is a group of settings/],
    ['limits.day=lots', /limits\.day: "lots" is not an amount/],
    ['allow.networks=base', /did you mean 'eip155:8453'\?/],
    ['day', /Write name=value/],
    ['__proto__.x=1', /There is no setting/]
  ])('M47, M49: %s is none', (text, why) => {
    expect(() => parseSetting(text)).toThrow(why)
  })
})
