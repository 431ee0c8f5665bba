"""Sections 3, 5 and 6 of the guide, as they stand there; the page of a book is ours."""
import hashlib, hmac, os, uuid
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from .models import DownloadToken, Order, Product
from .services.cinetpay import CinetPayError, check_transaction, init_payment

def product_detail(request, slug):
    product = get_object_or_404(Product, slug=slug, is_published=True)
    return render(request, "store/product_detail.html", {"product": product})

def buy(request, slug):
    if request.method != "POST":
        return redirect("product_detail", slug=slug)

    product = get_object_or_404(Product, slug=slug, is_published=True)

    tx_id = uuid.uuid4().hex[:24].upper()
    order = Order.objects.create(
        product=product,
        email=request.POST.get("email", "client@example.com"),
        amount_fcfa=product.price_fcfa,
        status=Order.PENDING,
        cinetpay_payment_id=tx_id,
    )

    try:
        pay_url = init_payment(
            transaction_id=tx_id,
            amount=product.price_fcfa,
            currency="XOF",
            description=f"Achat {product.title}",
            channels="ALL",
            customer={
                "id": order.pk,
                "name": "Client",
                "surname": "Ebook",
                "email": order.email,
                "phone": "+22370000000",
                "address": "Bamako",
                "city": "Bamako",
                "country": "ML",
            },
        )
    except CinetPayError:
        order.status = Order.FAILED
        order.save(update_fields=["status"])
        return render(request, "store/thank_you.html", {"ok": False, "message": "Erreur d'initialisation paiement."})

    return redirect(pay_url)

SECRET = os.getenv("CINETPAY_SECRET", "")

FIELDS_ORDER = [
    "cpm_site_id", "cpm_trans_id", "cpm_trans_date", "cpm_amount", "cpm_currency",
    "signature", "payment_method", "cel_phone_num", "cpm_phone_prefixe", "cpm_language",
    "cpm_version", "cpm_payment_config", "cpm_page_action", "cpm_custom",
    "cpm_designation", "cpm_error_message",
]

def _cinetpay_token(form: dict) -> str:
    data = "".join(form.get(k, "") for k in FIELDS_ORDER)
    return hmac.new(SECRET.encode(), data.encode(), hashlib.sha256).hexdigest()

@csrf_exempt
@require_http_methods(["POST"])
def payment_callback(request):
    received = request.headers.get("x-token", "")
    form = {k: request.POST.get(k, "") for k in FIELDS_ORDER}
    expected = _cinetpay_token(form)

    if not received or not hmac.compare_digest(received, expected):
        return HttpResponse("Invalid signature", status=400)

    tx_id = request.POST.get("cpm_trans_id")
    order = Order.objects.filter(cinetpay_payment_id=tx_id).first()
    if not order:
        return HttpResponse("Order not found", status=404)

    res = check_transaction(tx_id)
    status_ok = (res.get("code") == "00" and res.get("data", {}).get("status") == "ACCEPTED")

    if status_ok:
        order.status = Order.PAID
        order.save(update_fields=["status"])
        DownloadToken.objects.get_or_create(order=order)
    else:
        order.status = Order.FAILED
        order.save(update_fields=["status"])
    return HttpResponse("OK")
