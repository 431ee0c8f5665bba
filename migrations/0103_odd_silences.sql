-- What was last asked about in vain: one odd payment, asked about again and again, is no outage.
alter table provider_outages
  add column payment_id bigint;
