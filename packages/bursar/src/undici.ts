export type { Bursar } from '@bursar/fetch'
export { paymentInterceptor } from '@bursar/fetch/undici'
