export { paymentInterceptor } from '@bursar/fetch/undici'
