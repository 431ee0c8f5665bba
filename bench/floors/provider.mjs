// CinetPay, as small as can be: opens every payment, and says of each that it was accepted.
import { createServer } from 'node:http'

const api_response_id = '1741168800.0000'

createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (text) => (body += text))
  request.on('end', () => {
    const { transaction_id } = JSON.parse(body)
    const answer =
      request.url === '/v2/payment'
        ? {
            code: '201',
            message: 'CREATED',
            data: {
              payment_token: transaction_id,
              payment_url: `http://127.0.0.1:${process.env.PORT}/payment/${transaction_id}`,
            },
            api_response_id,
          }
        : {
            code: '00',
            message: 'SUCCES',
            data: {
              amount: '5000',
              currency: 'XOF',
              status: 'ACCEPTED',
              payment_method: 'OM',
              metadata: transaction_id,
              operator_id: `MP${transaction_id}`,
              payment_date: '2026-11-02 10:00:00',
            },
            api_response_id,
          }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer))
  })
}).listen(Number(process.env.PORT), '127.0.0.1')
