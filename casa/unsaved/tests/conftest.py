from casa.tests.conftest import browser, kept, loaded_demo, product, visit

__all__ = ["browser", "kept", "loaded_demo", "product", "visit"]
