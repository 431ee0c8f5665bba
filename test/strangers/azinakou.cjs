// @azinakou/cinetpay, Checkout v2: its two calls, sent to the simulator. It was written for a browser.
const axios = require('axios')
const { Cinetpay } = require('@azinakou/cinetpay')

const { SIMULATOR: simulator, V2_API_KEY: apikey, V2_SITE_ID: siteId } = process.env
const kept = []
globalThis.localStorage = { setItem: (name, text) => kept.push([name, JSON.parse(text)]) }
globalThis.window = { location: {} }
axios.interceptors.request.use((call) => {
  call.url = call.url.replace('https://api-checkout.cinetpay.com', simulator)
  return call
})

const address = (path) => `http://localhost:9${path}`
const config = { apikey, site_id: Number(siteId), lang: 'fr' }
const client = new Cinetpay({
  ...config,
  notify_url: address('/notify'),
  return_url: address('/return'),
})
const payment = { amount: 500, currency: 'XOF', channels: 'ALL', description: 'Essai' }

// It gives back nothing to wait for: what it keeps in the browser's storage tells that it went well.
async function passes(name, call, isRight) {
  kept.length = 0
  await call()
  for (let turn = 0; turn < 50 && kept.length === 0; turn++)
    await new Promise((done) => setTimeout(done, 20))
  console.log(`${kept.some(([, said]) => isRight(said)) ? 'passed' : 'FAILED'}  ${name}`)
}

async function run() {
  const made = ({ code, data }) => code === '201' && data.payment_url.startsWith(simulator)
  const names = { customer_name: 'Awa', customer_surname: 'Traore' }
  const card = {
    ...names,
    customer_email: 'awa@example.com',
    customer_phone_number: '+22376123456',
    customer_address: 'Rue 12',
    customer_city: 'Bamako',
    customer_country: 'ML',
    customer_zip_code: '00000',
  }
  for (const [id, name, more] of [
    ['S1', 'makePayment', {}],
    ['S2', 'makePayment with the name of the customer', names],
    ['S3', 'makePayment with all that a card asks for', card],
  ])
    await passes(name, () => client.makePayment({ ...payment, ...more, transaction_id: id }), made)
  const waits = ({ status, amount }) => status === 'ACCEPTED' && amount === '500'
  const token = new URL(window.location.href).pathname
  await axios.post(`${simulator}${token}`, 'deed=accept')
  await passes(
    'checkPayStatus of a payment that was paid',
    () => client.checkPayStatus('S3'),
    waits,
  )
}

void run()
