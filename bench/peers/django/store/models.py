"""The models that the guide's views take for granted."""
import secrets

from django.db import models


class Product(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField()
    price_fcfa = models.PositiveIntegerField()
    is_published = models.BooleanField(default=True)


class Order(models.Model):
    PENDING, PAID, FAILED = "pending", "paid", "failed"
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    email = models.EmailField()
    amount_fcfa = models.PositiveIntegerField()
    status = models.CharField(max_length=10, default=PENDING)
    cinetpay_payment_id = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)


class DownloadToken(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE)
    token = models.CharField(max_length=64, unique=True, default=secrets.token_hex)
    created_at = models.DateTimeField(auto_now_add=True)
