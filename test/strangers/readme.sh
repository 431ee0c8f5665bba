#!/bin/sh
# The direct calls of the newest official README (cinetpay/cinetpay-seamless, "API directe"), with the
# simulator in CinetPay's place and node in that of jq.
field() { node -pe "JSON.parse(require('fs').readFileSync(0))['$1'] ?? ''"; }
say() { if [ -n "$1" ]; then echo "passed  $2"; else echo "FAILED  $2"; fi; }

TOKEN=$(curl -s -X POST "$SIMULATOR/v1/oauth/login" \
  -H "Content-Type: application/json" \
  -d '{"api_key":"'"$V1_API_KEY"'","api_password":"'"$V1_API_PASSWORD"'"}' \
  | field access_token)
say "$TOKEN" 'login'

PAYMENT_TOKEN=$(curl -s -X POST "$SIMULATOR/v1/payment" \
  -H "Content-Type: application/json" \
  -H "Authorization: Bearer $TOKEN" \
  -d '{
    "currency": "XOF",
    "merchant_transaction_id": "CMD-'$(date +%s)'",
    "amount": 5000,
    "lang": "fr",
    "designation": "Commande",
    "client_email": "client@email.com",
    "client_first_name": "Jean",
    "client_last_name": "Dupont",
    "success_url": "https://monsite.com/success",
    "failed_url": "https://monsite.com/failed",
    "notify_url": "https://monsite.com/webhook",
    "channel": "PUSH",
    "direct_pay": false
  }' | field payment_token)
say "$PAYMENT_TOKEN" 'creation'
