"""The edge: webhooks in, answers and forwards out, and an API that says who may be texted (docs/gateway.md)."""
