import { checkUsdcAmount, type OptionCheck, optionsOf, type UsdcAmount } from '@bursar/core'

/** Below which amounts a balance is low. */
export interface LowBalance {
  /** USDC of an account on one network. Default: none is too little. @example { wallet: '5.00' } */
  readonly wallet?: UsdcAmount | undefined
  /** A prepaid balance at a service. Default: none is too little. @example { prepaid: '1.00' } */
  readonly prepaid?: UsdcAmount | undefined
}

/** Checks {@link LowBalance}. */
export const checkLowBalance: OptionCheck = optionsOf<LowBalance>({
  wallet: checkUsdcAmount,
  prepaid: checkUsdcAmount
})
