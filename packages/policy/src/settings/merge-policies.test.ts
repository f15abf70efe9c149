import { expect, it } from 'vitest'
import { mergePolicies, type PolicySource } from './merge-policies.js'
import { parseSetting } from './parse-setting.js'

const layer = (source: PolicySource, ...texts: string[]) => ({
  source,
  name: source,
  settings: texts.map(parseSetting)
})

it('loses no limit of a name that objects have already', () => {
  const limits = (name: string) => [layer('flag', 'limits.payment=1', `limits.perLabel.${name}.day=0.01`)]
  for (const name of ['constructor', 'toString'])
    expect(mergePolicies(limits(name)).policy.limits?.perLabel).toEqual({ [name]: { day: '0.01' } })
  expect(() => mergePolicies(limits('__proto__'))).toThrow('__proto__ is not a setting')
  expect(() => mergePolicies([layer('flag', 'limits.payment=1', 'rates.__proto__=1')])).toThrow(TypeError)
})

it('P63: of a limit the lowest holds, whoever says it, and of all else what the strongest says', () => {
  const { policy, values } = mergePolicies([
    layer('flag', 'limits.payment=5', 'prefer=cheapest'),
    layer('environment', 'limits.day=1', 'signIn=always'),
    layer('file', 'limits.payment=0.25', 'limits.day=2', 'signIn=false', 'prefer=eip155:8453')
  ])
  expect(policy).toEqual({
    limits: { payment: '0.25', day: '1' },
    prefer: 'cheapest',
    signIn: 'always'
  })
  expect(values.find(({ key }) => key === 'limits.payment')).toEqual({
    key: 'limits.payment',
    value: '0.25',
    source: 'file',
    name: 'file',
    others: [{ value: '5', source: 'flag', name: 'flag' }]
  })
})
