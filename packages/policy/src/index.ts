export type { PolicyBursarOptions, PolicyParts } from './bursar-options.js'
export { bursarOptionsOf, openLedger } from './bursar-options.js'
export type { PolicyChange } from './change-policy.js'
export { changePolicy } from './change-policy.js'
export type { AskPerson } from './confirm-by.js'
export { confirmBy } from './confirm-by.js'
export type { PolicyEnv, PolicyPlace } from './file/locate-policy.js'
export { locatePolicy, policyPaths } from './file/locate-policy.js'
export { withLock } from './file/with-lock.js'
export type { LivePolicyOptions } from './live/live-policy.js'
export { LivePolicy } from './live/live-policy.js'
export type { ReadPolicyOptions } from './read-policy.js'
export { readPlace, readPolicy } from './read-policy.js'
export { policyJsonSchema } from './schema/json-schema.js'
export { parsePolicy } from './schema/parse-policy.js'
export type { Policy } from './schema/policy-schema.js'
export { policySchema } from './schema/policy-schema.js'
export type { KeyPath } from './settings/key-path.js'
export { parseKey } from './settings/key-path.js'
export { leavesOf } from './settings/leaves.js'
export type {
  MergedPolicy,
  MergedValue,
  PolicyLayer,
  PolicySource,
  SourcedValue
} from './settings/merge-policies.js'
export { mergePolicies } from './settings/merge-policies.js'
export type { Setting } from './settings/parse-setting.js'
export { parseSetting } from './settings/parse-setting.js'
export { commonHosts } from './stricter/hosts.js'
export { stricterOf } from './stricter/stricter-policy.js'
