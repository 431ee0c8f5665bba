from django.urls import path

from store import views

urlpatterns = [
    path("livres/<slug:slug>", views.product_detail, name="product_detail"),
    path("livres/<slug:slug>/acheter", views.buy, name="buy"),
    path("payment/callback/", views.payment_callback),
]
