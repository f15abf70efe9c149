export * from '@bursar/generation/venice'
