# elinguiuriel/cinetpay-sdk, the newer API: pointed at the simulator by its own `base_url`.
import os
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from cinetpay_sdk.client import CinetPayClient
from cinetpay_sdk.exceptions import APIError, AuthenticationError, ValidationError

simulator = os.environ["SIMULATOR"]
payment = {
    "currency": "XOF",
    "merchant_transaction_id": "PY1",
    "amount": 500,
    "lang": "fr",
    "designation": "Essai",
    "client_email": "awa@example.com",
    "client_first_name": "Awa",
    "client_last_name": "Traore",
    "success_url": "http://localhost:9/success",
    "failed_url": "http://localhost:9/failed",
    "notify_url": "http://localhost:9/notify",
}


def told(name, passed):
    print(f"{'passed' if passed else 'FAILED'}  {name}")


def refused(kind, call):
    try:
        call()
    except APIError as error:
        return type(error) is kind
    return False


client = CinetPayClient(os.environ["V1_API_KEY"], os.environ["V1_API_PASSWORD"], base_url=simulator)
token = client.authenticate()
told("authenticate", token.code == 200 and token.expires_in == 5700)
made = client.create_payment(payment)
told("create_payment", made.should_redirect and made.details.code == 2001)
before = client.get_payment_status("PY1")
told("get_payment_status by our id", before.status == "INITIATED" and not before.is_final)
page = f"{simulator}/payment/{urlsplit(made.payment_url).path.split('/')[-1]}"
urlopen(page, urlencode({"deed": "accept"}).encode()).close()
after = client.get_payment_status(made.payment_token)
told("get_payment_status by the token, once paid", after.code == 100 and after.is_final)
told("get_payment_status of an unknown one", refused(ValidationError, lambda: client.get_payment_status("NONE")))
urlopen(f"{simulator}/faults", urlencode({"token": "1003"}).encode()).close()
told("a token that expired, and a new login", client.get_payment_status("PY1").status == "SUCCESS")
wrong = CinetPayClient(os.environ["V1_API_KEY"], "another", base_url=simulator)
told("authenticate with a wrong password", refused(AuthenticationError, wrong.authenticate))
