import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { ProcessMetrics } from '../../contracts/shop.ts'

/** From a page in memory to a provider that takes its time, in seconds. */
const BUCKETS = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15]

/** What one Node process measures of itself; loaded only where somebody may read it. */
export function processMetrics(): ProcessMetrics {
  const registers = [new Registry()]
  collectDefaultMetrics({ register: registers[0] })
  const answers = new Histogram({
    name: 'kiosque_http_request_duration_seconds',
    help: 'From the request to its answer, by the pattern of the address.',
    labelNames: ['route', 'status'],
    buckets: BUCKETS,
    registers,
  })
  return {
    observe: ({ route, status, ms }) => answers.observe({ route, status }, ms / 1000),
    text: () => registers[0]!.metrics(),
  }
}
