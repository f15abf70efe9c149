import type { RequestViolation } from '@bursar/core'
import { checkFields } from '../shared/checks/check-fields.js'
import { invalidRequest, shown } from '../shared/checks/invalid-request.js'
import type { Operation } from '../shared/service/operation.js'
import { defined } from '../shared/wire/defined.js'
import type { ModelFamily, ModelItem, WireRequest } from './model-family.js'
import type { RelayCall } from './relay-options.js'
import type { RelaySession } from './relay-session.js'

const CALL_TIMEOUT_MS = 600_000

/**
 * Finds the family of an item's model, and checks the item.
 *
 * @throws {TypeError} when the item has a field that its model does not take.
 * @throws {BursarError} `request/invalid`
 */
export function familyOf<Item extends ModelItem, Family extends ModelFamily<Item>>(
  { validate }: Pick<RelaySession, 'validate'>,
  families: readonly Family[],
  item: Item
): Family {
  const family = families.find((each) => each.includes(item.model))
  if (!family) throw invalidRequest([unknownModel(item)])
  checkFields(item, family.fields)
  const violations = validate ? family.check(item) : []
  if (violations.length > 0) throw invalidRequest(violations)
  return family
}

/** The operation of a request that costs something. */
export function planRequest(
  { service }: RelaySession,
  request: WireRequest & { readonly name: string },
  { timeoutMs = CALL_TIMEOUT_MS, signal, fetchOptions }: RelayCall
): Operation {
  const { name, body, path, apiPath = service.apiPath } = request
  return {
    name,
    method: 'POST',
    path: apiPath + path,
    body,
    money: 'unknown',
    timeoutMs,
    ...defined({ signal, fetchOptions })
  }
}

function unknownModel({ model }: ModelItem): RequestViolation {
  return {
    field: 'model',
    rule: 'model_unknown',
    message: `${shown(model)} is not known to make this`,
    allowed:
      'a model whose requests are documented; another that models.list() names takes { model, raw }, with the body as it is to be sent'
  }
}
