export * from '@bursar/generation/openclaw'
