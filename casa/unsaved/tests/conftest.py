from casa.tests.conftest import browser, loaded_demo, product, visit

__all__ = ["browser", "loaded_demo", "product", "visit"]
