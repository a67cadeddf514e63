"""Everything that nobody should send, sent: to each page, each form, each call, each upload."""
