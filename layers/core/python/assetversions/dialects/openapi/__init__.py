"""The OpenAPI document of the routes, made of their models and schemas; no function imports it."""
