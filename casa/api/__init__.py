"""The public API and its page: routers of the apps, put together."""
