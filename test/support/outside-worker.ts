import { callOutside } from '../../src/lib/outbound.ts'

/** A call to somebody else's server, made from inside the Workers runtime. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { call, limits } = (await request.json()) as {
      call: Parameters<typeof callOutside>[1]
      limits: Parameters<typeof callOutside>[2]
    }
    return Response.json(await callOutside((asked) => fetch(asked), call, limits))
  },
}
