import * as core from '@x402/core/server'
import { ExactEvmScheme } from '@x402/evm/exact/server'
import { ExactSvmScheme } from '@x402/svm/exact/server'
import { createResources } from './official-routes.mjs'

/** What the latest release of the official packages asks and checks. */
export const resources = createResources(core, ExactEvmScheme, ExactSvmScheme)
