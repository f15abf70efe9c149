/** What {@link stackMatchers} add to the expectations of a runner. All of them read the chains: await them. */
export interface StackMatchers<Result> {
  /**
   * Exactly one payment has settled: of a wallet, of the wallets of a test, or of a stack's own.
   *
   * @example await expect(wallets).toHavePaidOnce()
   */
  toHavePaidOnce(): Result
  /**
   * The payments that have settled come to this sum. What was spent from a prepaid balance is not on the chains.
   *
   * @param usdc decimal USDC.
   * @example await expect(wallets).toHaveSpent('0.01')
   */
  toHaveSpent(usdc: string): Result
}
