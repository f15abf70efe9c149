import { bursarChecks } from 'bursar'
import { describe, expect, it } from 'vitest'
import { policySchema } from './schema/policy-schema.js'

/** What is a key, an account or a function, and no text. */
const noText = ['evm', 'solana', 'gasAccount', 'payers', 'clock', 'random', 'fetch', 'currentPolicy']
/** What concerns services and commands, and no bursar. */
const ofCommands = ['$schema', 'topUp', 'retention', 'notify']

describe('the schema of the policy', () => {
  it('has every option of createBursar that can be text', () => {
    const options = Object.keys(bursarChecks).filter((name) => !noText.includes(name))
    const settings = Object.keys(policySchema.shape).filter((name) => !ofCommands.includes(name))
    expect(settings.toSorted()).toEqual(options.toSorted())
  })
})
